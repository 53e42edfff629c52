import { describe, expect, it } from 'vitest';
import { chooseFace, type FaceCandidate } from '../../src/store/read/choose-face.ts';
import { headlineKind } from '../../src/text/headline-kind.ts';

const article = (title: string, more: Partial<FaceCandidate> = {}): FaceCandidate => ({
  ...{ title, opening: `${title}. A text.`, liveBlog: false, opinion: false, paywalled: false, image: null },
  ...{ newsAt: new Date(0), seq: '1', size: 1000 },
  ...more,
});
const face = (...candidates: FaceCandidate[]) => chooseFace(candidates)?.title;

describe('the face of a story', () => {
  it('is what the others bear out, not the longest: an analysis and a side story have words of their own', () => {
    const wire = article('Factory fire in Arad put out, two workers hurt', { size: 800 });
    const paper = article('Two workers hurt in fire at Arad factory', { size: 900 });
    const analysis = article('Cheap insulation and the price of haste', { size: 3000 });
    const side = article('Football match moved after smoke drifts over stadium', { size: 1200 });
    for (const order of [
      [analysis, side, wire, paper],
      [paper, wire, side, analysis],
    ])
      expect([wire.title, paper.title]).toContain(face(...order));
  });

  it('is the more complete of two that say the same', () => {
    const brief = article('Council votes for the tram', { size: 300 });
    const whole = article('Council votes for tram line', { size: 2000 });
    expect(face(brief, whole, article('Tram vote in council'))).toBe(whole.title);
  });

  it('is never a headline alone, a live page or a comment while a report is there, in any language', () => {
    const report = article('Мост затворен због воде', { size: 200 });
    for (const other of [
      article('Мост затворен због воде, кажу власти', { opening: '', size: 0 }),
      article('УЖИВО: Мост затворен због воде', { size: 5000 }),
      article('Мост затворен због воде и ветра', { liveBlog: true, size: 5000 }),
      article('Зашто је мост затворен због воде', { size: 5000 }),
      article('Мост затворен због воде: ко је крив?', { size: 5000 }),
      article('Мост затворен због воде опет', { opinion: true, size: 5000 }),
    ])
      expect(face(other, report)).toBe(report.title);
  });

  it('is there when all have flaws, and when there is one only', () => {
    expect(face(article('Live: a', { liveBlog: true }))).toBe('Live: a');
    expect(chooseFace([])).toBeUndefined();
  });
});

describe('a headline', () => {
  it.each([
    ['Live: Ferry aground', 'live'],
    ['Liveticker: Wahl in Sachsen', 'live'],
    ['Analysis | What the vote means', 'comment'],
    ['Meinung: Das reicht nicht', 'comment'],
    ['Почему растут цены', 'comment'],
    ['Is this the end?', 'comment'],
    ['لماذا ارتفعت الأسعار', 'comment'],
    ['Live music returns to the square', 'report'],
    ['Freight First: Line to Bar reopens', 'report'],
    ['Serbia: bus drivers vote', 'report'],
    ['Howard wins', 'report'],
    ['台風が上陸', 'report'],
  ])('%s is a %s', (title, kind) => expect(headlineKind(title)).toBe(kind));
});
