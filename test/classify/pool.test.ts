import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { poolLabels } from '../../src/classify/pool.ts';
import type { Classification, Label, LabelOrigin, StoryVoice } from '../../src/domain/article.ts';

const label = (id: string, confidence = 0.9, origin: LabelOrigin = 'text'): Label => ({
  id,
  confidence,
  origin,
  evidence: ['word'],
});
const says = (topics: readonly Label[], countries: readonly Label[]): Classification => ({
  lang: 'en',
  topics,
  countries,
  mentioned: [],
  regions: [],
});
const voice = (id: string, topics: readonly Label[], countries: readonly Label[], source = id): StoryVoice => ({
  id,
  source,
  classification: says(topics, countries),
});
const disaster = '03000000';
const lifestyle = '10000000';

describe('poolLabels', () => {
  it('gives a silent headline what the other sources of its story say, and names the articles', () => {
    const ticker = voice('t', [], [label('RS', 0.4, 'source')]);
    const others = [voice('a', [label(disaster)], [label('HR')]), voice('b', [label(disaster)], [label('HR')])];
    const pooled = poolLabels(ticker, others);
    expect(pooled.topics).toEqual([{ id: disaster, confidence: 0.95, origin: 'story', evidence: ['a', 'b'] }]);
    expect(pooled.countries.map(({ id, origin }) => [id, origin])).toEqual([['HR', 'story']]);
    expect(pooled.regions.map(({ id }) => id)).toContain('balkans');
    expect(pooled.regions.every(({ origin }) => origin === 'story')).toBe(true);
  });

  it('leaves what the article says itself, unless it is alone with a topic of its text', () => {
    const others = [voice('a', [label(disaster)], [label('HR')]), voice('b', [label(disaster)], [label('HR')])];
    const ids = (own: StoryVoice, voices = others) => poolLabels(own, voices).topics.map(({ id }) => id);
    const own = voice('o', [label(lifestyle)], [label('IT')]);
    expect(poolLabels(own, others.slice(1))).toBe(own.classification);
    expect(ids(own)).toEqual([disaster]);
    expect(poolLabels(own, others).countries).toEqual(own.classification.countries);
    expect(ids(own, [...others, voice('c', [label(lifestyle)], [])])).toEqual([lifestyle]);
    // Two parts of one paper are one voice, and what publisher or operator say stands.
    expect(ids(own, [voice('a', [label(disaster)], [], 'p'), voice('b', [label(disaster)], [], 'p')])).toEqual([
      lifestyle,
    ]);
    expect(ids(voice('o', [label(lifestyle, 0.85, 'publisher')], []))).toEqual([lifestyle]);
    expect(ids(voice('o', [label('custom', 1, 'operator')], []))).toEqual(['custom']);
  });

  it('gives an overruled topic back when the story no longer speaks against it', () => {
    const own = voice('o', [label(lifestyle)], []);
    const others = [voice('a', [label(disaster)], []), voice('b', [label(disaster)], [])];
    const once = poolLabels(own, others);
    expect(once.overruled).toEqual(own.classification.topics);
    const pooled = { ...own, classification: once };
    expect(poolLabels(pooled, others)).toEqual(once);
    expect(poolLabels(pooled, others.slice(1))).toEqual(own.classification);
    // As a voice it still says what its text says.
    expect(poolLabels(voice('t', [], []), [pooled]).topics.map(({ id }) => id)).toEqual([lifestyle]);
  });

  it('does not spread a topic of which its only source is not sure', () => {
    const ticker = voice('t', [], []);
    expect(poolLabels(ticker, [voice('a', [label(lifestyle, 0.8)], [])]).topics).toEqual([]);
    expect(
      poolLabels(ticker, [voice('a', [label(lifestyle, 0.8)], []), voice('b', [label(lifestyle, 0.8)], [])]).topics,
    ).toHaveLength(1);
    expect(poolLabels(ticker, [voice('a', [], [label('HR', 0.6)])]).countries).toHaveLength(1);
  });

  it('does not take a section for the story’s topic, nor what one of a source’s reports is about', () => {
    const [silent, filed] = [voice('t', [], []), label(lifestyle, 0.85)];
    expect(poolLabels(silent, [voice('a', [filed], [])]).topics).toEqual([]);
    const reports = [0.97, undefined].map((confidence, index) => ({
      ...voice('a', confidence ? [label(lifestyle, confidence)] : [], []),
      id: `a${index}`,
    }));
    expect(poolLabels(silent, reports).topics).toEqual([]);
    expect(poolLabels(silent, reports.slice(0, 1)).topics).toHaveLength(1);
  });

  it('weighs what sources say by how sure they are', () => {
    const sure = [voice('a', [label(disaster, 0.95)], []), voice('b', [label(disaster, 0.9)], [])];
    const unsure = [voice('c', [label(lifestyle, 0.7)], []), voice('d', [label(lifestyle, 0.7)], [])];
    expect(poolLabels(voice('o', [], []), [...unsure, ...sure]).topics.map(({ id }) => id)).toEqual([disaster]);
  });

  it('pools again what was pooled before, as the story is now', () => {
    const ticker = voice('t', [], []);
    const others = [voice('a', [label(disaster)], []), voice('b', [label(disaster)], [])];
    const once = poolLabels(ticker, others);
    const turned = [voice('a', [label(lifestyle)], []), voice('b', [label(lifestyle)], [])];
    const again = poolLabels({ ...ticker, classification: once }, turned);
    expect(again.topics.map(({ id }) => id)).toEqual([lifestyle]);
    expect(poolLabels({ ...ticker, classification: once }, []).topics).toEqual([]);
  });

  it('says nothing where the sources are of several minds', () => {
    const own = voice('o', [], []);
    const others = [voice('a', [label(disaster)], []), voice('b', [label(lifestyle)], [])];
    expect(poolLabels(own, others).topics).toEqual([]);
  });

  it('counts a source once, and neither defaults nor what a story gave', () => {
    const own = voice('o', [], []);
    const chorus = [1, 2, 3].map((part) => voice(`a${part}`, [label(disaster)], [label('HR', 0.4, 'source')], 'a'));
    expect(poolLabels(own, [...chorus, voice('b', [label(lifestyle)], [])]).topics).toEqual([]);
    expect(poolLabels(own, chorus).countries).toEqual([]);
    const echo = [voice('c', [label(disaster, 0.9, 'story')], [])];
    expect(poolLabels(own, echo).topics).toEqual([]);
  });

  it('is the same in any order, and never surer than it may be', () => {
    const origins = fc.constantFrom<LabelOrigin>('text', 'publisher', 'operator', 'source', 'story');
    const labels = (...ids: string[]) =>
      fc.uniqueArray(
        fc.record({
          id: fc.constantFrom(...ids),
          confidence: fc.double({ min: 0, max: 1, noNaN: true }),
          origin: origins,
          evidence: fc.constant([]),
        }),
        { selector: ({ id }) => id },
      );
    const voices = fc.uniqueArray(
      fc.record({
        id: fc.string({ minLength: 1, maxLength: 3 }),
        source: fc.constantFrom('a', 'b', 'c'),
        classification: fc
          .tuple(labels(disaster, lifestyle), labels('HR', 'RS'))
          .map(([topics, countries]) => says(topics, countries)),
      }),
      { selector: ({ id }) => id, maxLength: 6 },
    );
    fc.assert(
      fc.property(voices, (others) => {
        const own = voice('own', [], []);
        const pooled = poolLabels(own, others);
        const turned = poolLabels(own, others.toReversed());
        const round = (list: readonly Label[]) => list.map(({ id, confidence }) => [id, confidence.toFixed(9)]);
        expect(round(turned.topics)).toEqual(round(pooled.topics));
        expect(round(turned.countries)).toEqual(round(pooled.countries));
        for (const { confidence } of [...pooled.topics, ...pooled.countries])
          expect(confidence).toBeLessThanOrEqual(0.95);
      }),
    );
  });
});
