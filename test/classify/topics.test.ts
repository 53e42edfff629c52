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

describe('the answer of the text model', () => {
  const shares: Record<string, number> = { goal: 60, keeper: 60, and: 0 };
  const words = Object.keys(shares).sort();
  const rows = words.flatMap((word) => [
    127,
    ...topics.map(({ slug }) => (slug === 'sport' ? (shares[word] ?? 0) : 0)),
  ]);
  const language = {
    words: words.join(' '),
    table: Buffer.from(Int8Array.from(rows).buffer).toString('base64'),
    scale: 0.1,
    bias: topics.map(() => 0),
  };
  const ids = (model: ReturnType<typeof topicModel>, title: string, body = '') =>
    textTopics(model(title, body, 'en')).map(({ id }) => id);

  it('asks more of a headline than of an article, where the language had articles to measure on', () => {
    const weights = { ...language, threshold: 0.9, articleThreshold: 0.4 };
    const model = topicModel({ prior: 1, temperature: 1, langs: { en: weights } });
    expect(ids(model, 'goal keeper')).toEqual([]);
    expect(ids(model, 'goal keeper', '. '.repeat(400))).toEqual(['15000000']);
  });

  it('is none of a headline where one word alone decides', () => {
    const model = topicModel({ prior: 0, temperature: 1, langs: { en: { ...language, threshold: 0.5 } } });
    expect(ids(model, 'goal')).toEqual([]);
    expect(ids(model, 'goal keeper')).toEqual(['15000000']);
  });

  it('is none where fewer than four such answers in five are right', () => {
    const band = {
      threshold: 0.1,
      points: [
        [0, 0],
        [1, 0.79],
      ],
    };
    const calibrations = { en: { headline: band, brief: band, article: band } };
    const en = { ...language, threshold: 0.1, calibration: 'en' };
    expect(ids(topicModel({ prior: 0, temperature: 1, calibrations, langs: { en } }), 'goal keeper')).toEqual([]);
    // An article's threshold says that already.
    const model = topicModel({ prior: 0, temperature: 1, calibrations, langs: { en } });
    expect(ids(model, 'goal keeper', '. '.repeat(400))).toEqual(['15000000']);
  });

  it('does not hear the names of places', () => {
    const model = topicModel({ prior: 0, temperature: 1, langs: { en: { ...language, threshold: 0.5 } } });
    expect(textTopics(model('goal keeper', '', 'en', [{ start: 5, end: 11 }]))).toEqual([]);
  });

  it('says how often such answers are right, and keeps the threshold of the calibration', () => {
    const points = [
      [0.2, 0.3],
      [0.6, 0.8],
      [1, 0.9],
    ];
    const band = { threshold: 0.5, points };
    const calibrations = { en: { headline: band, brief: band, article: band } };
    const en = { ...language, threshold: 1, calibration: 'en' };
    const [label] = textTopics(
      topicModel({ prior: 0, temperature: 1, calibrations, langs: { en } })('goal keeper', '', 'en'),
    );
    expect(label?.confidence).toBeGreaterThan(0.8);
    expect(label?.confidence).toBeLessThan(0.9);
  });
});
