import { describe, expect, it } from 'vitest';
import { loadClassifier } from '../../src/classify/classify.ts';
import { combineTopics } from '../../src/classify/combine.ts';
import { textTopics, topicModel } from '../../src/classify/topic-model.ts';
import { topicBySlug, topics } from '../../src/classify/topics.ts';

const classifier = await loadClassifier();
const slugs = (title: string, text: string): (string | undefined)[] =>
  classifier.classify({ title, text }).topics.map((topic) => topicBySlug(topic.id)?.slug);

describe('topics from the text', () => {
  it.each([
    [
      'sport',
      'Late goal sends the home side into the cup final',
      'The striker scored twice in the second half and the goalkeeper saved a penalty as the team won the semi-final. The coach praised his players after the match.',
    ],
    [
      'economy',
      'Bank raises profit forecast after strong quarter',
      'Shares rose four percent after the company reported higher revenue and earnings. Analysts expect the central bank to cut interest rates this year.',
    ],
    [
      'health',
      'New vaccine protects children against malaria, trial finds',
      'Doctors at the hospital said patients who received the vaccine had fewer infections. The disease kills thousands a year.',
    ],
    [
      'politics',
      'Parlament izglasao poverenje novoj vladi',
      'Premijer i ministri položili su zakletvu u skupštini. Opozicija je glasala protiv, a poslanici vladajuće koalicije za. Izbori su održani u junu.',
    ],
    [
      'sport',
      'Тренер сборной назвал состав на матч',
      'Команда сыграет с чемпионом мира по футболу. Нападающий забил три гола в последних матчах сезона, вратарь пропустит игру.',
    ],
    ['economy', '央行宣布下调存款准备金率，股市大涨', '银行和券商股票领涨，投资者预期经济增长。'],
  ])('%s: %s', (slug, title, text) => {
    expect(slugs(title, text)[0]).toBe(slug);
  });

  it('gives the words that decided, as they stand in the text', () => {
    const text = 'The striker scored twice and the goalkeeper saved a penalty as the team won the semi-final.';
    const [topic] = classifier.classify({ title: 'Cup final', text }).topics;
    expect(topic?.origin).toBe('text');
    expect(topic?.evidence.length).toBeGreaterThan(0);
    for (const word of topic?.evidence ?? []) expect(`Cup final\n${text}`).toContain(word);
  });

  it('says nothing where nothing is known', () => {
    expect(slugs('', '')).toEqual([]);
    expect(slugs('Xqzt vrmpl', 'Blorf gnash whiffle.')).toEqual([]);
  });
});

describe('combineTopics', () => {
  const text = [{ id: '04000000', confidence: 0.6, origin: 'text' as const, evidence: ['bank'] }];
  const sport = [{ id: '15000000', confidence: 0.85, evidence: 'Sport' }];

  it("believes the publisher before the text, and the operator's rules before both", () => {
    expect(combineTopics([], sport, text, 1).map(({ id }) => id)).toEqual(['15000000']);
    const rule = { id: 'energy', confidence: 1, origin: 'operator' as const, evidence: ['gas'] };
    expect(combineTopics([rule], sport, text, 1).map(({ id }) => id)).toEqual(['energy', '15000000']);
  });

  it('is surer where publisher and text agree, and keeps both their words', () => {
    const [label] = combineTopics([], [{ id: '04000000', confidence: 0.85, evidence: 'Business' }], text, 1);
    expect(label?.confidence).toBeCloseTo(0.94);
    expect(label?.evidence).toEqual(['Business', 'bank']);
  });

  it('leaves aside a publisher whose labels are not believed', () => {
    expect(combineTopics([], sport, text, 0).map(({ id }) => id)).toEqual(['04000000']);
  });
});

describe('thresholds of the text model', () => {
  it('ask more of a headline than of an article, where the language had articles to measure on', () => {
    const one = { words: 'goal', scale: 0.1, bias: topics.map(() => 0), threshold: 0.9, articleThreshold: 0.5 };
    const table = Buffer.from(Int8Array.from([127, ...topics.map(({ slug }) => (slug === 'sport' ? 34 : 0))]).buffer);
    const model = topicModel({ prior: 0, temperature: 1, langs: { en: { ...one, table: table.toString('base64') } } });
    expect(textTopics(model('goal', '', 'en'))).toEqual([]);
    expect(textTopics(model('goal', 'and then '.repeat(50), 'en')).map(({ id }) => id)).toEqual(['15000000']);
  });
});
