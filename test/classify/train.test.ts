import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadClassifier } from '../../src/classify/classify.ts';
import { assertMayTrain } from '../../tools/train/classify/documents.ts';
import {
  balancedThreshold,
  precisionAt,
  thresholdFor,
  thresholdOfCoverage,
} from '../../tools/train/classify/measure.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('assertMayTrain', () => {
  it('refuses sets whose licence forbids it and sets that nobody knows', () => {
    expect(() => assertMayTrain(['sib', 'bbc'])).not.toThrow();
    expect(() => assertMayTrain(['sib', 'agnews'])).toThrow(/non-commercial/);
    expect(() => assertMayTrain(['somewhere'])).toThrow(/manifest/);
  });
});

describe('thresholds', () => {
  const answers = [0.9, 0.8, 0.7, 0.6].map((confidence, index) => [confidence, index < 2] as const);

  it('are the lowest at which enough answers are right', () => {
    expect(thresholdFor(answers, 1)).toBe(0.71);
    expect(thresholdFor(answers, 0.5)).toBe(0.01);
  });

  it('are the highest at which enough is answered', () => {
    expect(thresholdOfCoverage([answers], 0.5)).toBe(0.8);
    expect(thresholdOfCoverage([answers, answers.slice(0, 1)], 0.5)).toBe(0.9);
    expect(thresholdOfCoverage([answers], 1)).toBe(0.6);
  });

  it('leave the surest answers', () => {
    expect(precisionAt(answers, 0.5)).toBe(1);
    expect(precisionAt(answers.toReversed(), 0.75)).toBeCloseTo(2 / 3);
    expect(precisionAt(answers, 1)).toBe(0.5);
  });

  it('count each source the same', () => {
    const wrong = Array.from({ length: 100 }, () => [0.65, false] as const);
    expect(balancedThreshold([answers, wrong], 0.5)).toBe(0.66);
  });
});

describe('train:from-archive', () => {
  let folder = '';
  beforeAll(() => {
    folder = temporaryFolder('archive');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  /** A language made up for the test, so that only the archive can have taught it. */
  const words = { sport: ['gombo', 'plekti', 'ravuno'], ekonomija: ['dinzo', 'merkato', 'fulbani'] };
  const article = (section: keyof typeof words, index: number) => ({
    title: `${words[section][index % 3]} tala`,
    text: `${words[section][(index + 1) % 3]} eno mira ${index}`,
    lang: 'qaa',
    url: `https://news.example/${section}/${index}/a.html`,
  });

  it('teaches a language by the sections of its publishers, the same each time', async () => {
    const archive = join(folder, 'archive.jsonl');
    const lines = Array.from({ length: 60 }, (_, index) => article(index % 2 ? 'sport' : 'ekonomija', index));
    writeFileSync(archive, lines.map((line) => JSON.stringify(line)).join('\n'));
    const run = (out: string) =>
      spawnSync(process.execPath, [
        'tools/train/classify/from-archive.ts',
        '--archive',
        archive,
        '--out',
        out,
        '--least',
        '40',
      ]);
    expect(run(join(folder, 'a.json')).status).toBe(0);
    expect(run(join(folder, 'b.json')).status).toBe(0);
    const weights = readFileSync(join(folder, 'a.json'), 'utf8');
    expect(readFileSync(join(folder, 'b.json'), 'utf8')).toBe(weights);

    const classifier = await loadClassifier({ weights: JSON.parse(weights) });
    expect(classifier).toBeDefined();
    const { topicModel } = await import('../../src/classify/topic-model.ts');
    const odds = topicModel(JSON.parse(weights))('gombo ravuno', '', 'qaa');
    expect(odds?.probabilities.indexOf(Math.max(...odds.probabilities))).toBe(14);
  });
});
