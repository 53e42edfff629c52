import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type DedupeInput, decide } from '../../src/dedupe/decide.ts';
import type { Candidates, DedupeIndex } from '../../src/dedupe/dedupe-index.ts';
import { newArticleId } from '../../src/dedupe/identity.ts';
import { MemoryIndex } from '../../src/dedupe/memory-index.ts';
import { findCandidates, noHits } from '../../src/store/fingerprints.ts';
import { ingestArticle } from '../../src/store/ingest.ts';
import { Turn } from '../../src/store/ingest-batch.ts';
import { type CanonicalUrl, canonicalUrl } from '../../src/text/canonical-url.ts';
import { openTestStore, type TestStore } from '../support/postgres.ts';
import { ingestInput } from './input.ts';
import { edited, writing } from './writing.ts';

interface Bench {
  readonly index: DedupeIndex;
  /** Publishes an article that is known to be new. */
  publish(article: DedupeInput): Promise<string>;
}

let store: TestStore;
beforeAll(async () => {
  store = await openTestStore();
});
afterAll(() => store[Symbol.asyncDispose]());

const benches: Record<string, () => Promise<Bench>> = {
  memory: async () => {
    const index = new MemoryIndex();
    return {
      index,
      publish: async (article) => {
        const { decision, fingerprint } = await decide(article, index);
        if (decision.kind !== 'new') throw new Error(`expected a new article, not ${decision.kind}`);
        const id = newArticleId(article.urlKey as CanonicalUrl, fingerprint.textHash);
        const { urlKey, source, agency, title, published, seenAt } = article;
        const { change } = decision;
        const story = change.story.id ?? id;
        index.add({ id, urlKey, source, agency, at: published ?? seenAt, title, fingerprint, story }, change);
        return id;
      },
    };
  },
  postgres: async () => {
    await store.pool.query(
      'truncate articles, copies, revisions, fingerprints, shingle_keys, stories, story_terms, term_counts, links restart identity',
    );
    return {
      index: {
        find: async (addresses, fingerprint) =>
          (await findCandidates(store.db, [{ addresses, fingerprint, hits: noHits }]))[0] as Candidates,
        termCounts: (terms) => new Turn(store.db).termCounts(terms),
        byTerms: (terms, at) => new Turn(store.db).byTerms(terms, at),
        members: (stories, limit) => new Turn(store.db).members(stories, limit),
      },
      publish: async (article) => {
        const outcome = await ingestArticle(store, ingestInput(article));
        if (outcome.kind !== 'published') throw new Error(`expected a new article, not ${outcome.kind}`);
        return outcome.article;
      },
    };
  },
};

const at = (hours: number) => new Date(Date.UTC(2026, 10, 20) + hours * 3_600_000).toISOString();
const article = (slug: string, source: string, hours: number, title: string, text: string): DedupeInput => ({
  urlKey: canonicalUrl(`https://${source}.example/${slug}`),
  ...{ source, title, text, published: at(hours), seenAt: at(hours), lang: 'en' },
});

describe.each(Object.entries(benches))('decide on the index in %s', (_, open) => {
  let bench: Bench;
  const decided = async (newcomer: DedupeInput) => (await decide(newcomer, bench.index)).decision;
  beforeEach(async () => {
    bench = await open();
  });

  const title = 'River Talbe floods the market of Oster';
  const text = writing('flood', 220);

  it('takes the first article for new', async () => {
    expect(await decided(article('a', 'post', 0, title, text))).toMatchObject({
      ...{ kind: 'new', change: { story: { id: undefined } }, review: undefined },
    });
  });

  it('sees the same address again, with the same text and with another', async () => {
    const id = await bench.publish(article('a', 'post', 0, title, text));
    expect(await decided(article('a', 'post', 1, title, text))).toMatchObject({
      kind: 'duplicate',
      of: id,
      match: 'url',
    });
    expect(await decided(article('a', 'post', 1, title, edited(text, 9)))).toEqual({
      ...{ kind: 'update', of: id, substantive: true },
    });
    expect(await decided(article('a', 'post', 1, title, text.replace(/\w+\.$/, 'nova.')))).toEqual({
      ...{ kind: 'update', of: id, substantive: false },
    });
    expect(await decided(article('a', 'post', 1, `${title} again`, text))).toMatchObject({ substantive: true });
  });

  it('finds the same words elsewhere, whatever their punctuation', async () => {
    const id = await bench.publish(article('a', 'post', 0, title, text));
    const copy = article('b', 'herald', 2, 'Flood at Oster', text.replaceAll('.', ' –').toUpperCase());
    expect(await decided(copy)).toEqual({ kind: 'duplicate', of: id, match: 'exact', share: 1, replaces: false });
  });

  it('finds a copy with edits, and one that was cut', async () => {
    const id = await bench.publish(article('a', 'post', 0, title, text));
    const copy = await decided(article('b', 'herald', 2, title, edited(text, 25)));
    expect(copy).toMatchObject({ kind: 'duplicate', of: id, match: 'near', replaces: false });
    const half = await decided(article('c', 'times', 3, title, text.slice(0, text.length / 2)));
    expect(half).toMatchObject({ kind: 'duplicate', of: id, match: 'near', replaces: false });
    expect(half.kind === 'duplicate' && half.share).toBeCloseTo(0.5, 1);
  });

  it('prefers the whole of what was a part, and the later version of the same outlet', async () => {
    const id = await bench.publish(article('a', 'post', 0, title, text.slice(0, text.length / 2)));
    expect(await decided(article('b', 'herald', 2, title, text))).toMatchObject({
      of: id,
      match: 'near',
      replaces: true,
    });
    expect(await decided(article('a2', 'post', 2, title, text))).toMatchObject({
      of: id,
      match: 'near',
      replaces: true,
    });
  });

  it('prefers the agency to those who print it', async () => {
    const reprint = { ...article('a', 'post', 0, title, edited(text, 40)), agency: 'Talbewire' };
    const id = await bench.publish(reprint);
    expect(await decided(article('x', 'talbewire', 1, title, text))).toMatchObject({ of: id, replaces: true });
  });

  it('never merges the reports of a series', async () => {
    const report = (day: number) =>
      `Sun from ${day + 5} o'clock, ${day * 3} degrees at noon and ${day * 2} at night, wind of ${day + 11} km/h. ${writing('weather', 60)}`;
    await bench.publish(article('w1', 'post', 0, 'Weather for Oster', report(1)));
    expect(await decided(article('w2', 'post', 24, 'Weather for Oster', report(2)))).toMatchObject({ kind: 'new' });
    expect(await decided(article('w3', 'post', 48, 'Weather for Oster', report(3)))).toMatchObject({ kind: 'new' });
  });

  it('never merges on the headline alone', async () => {
    await bench.publish(article('a', 'post', 0, title, text));
    expect(await decided(article('b', 'herald', 1, title, writing('other', 220)))).toMatchObject({ kind: 'new' });
  });

  it('finds duplicates in a script without spaces', async () => {
    const japanese = Array.from({ length: 300 }, (_, place) =>
      String.fromCodePoint(0x4e00 + ((place * 7919 + (place % 17) * 31) % 2000)),
    ).join('');
    const id = await bench.publish({ ...article('a', 'post', 0, '川が氾濫', japanese), lang: 'ja' });
    const copy = await decided({ ...article('b', 'herald', 1, '川が氾濫', japanese.slice(0, 200)), lang: 'ja' });
    expect(copy).toMatchObject({ kind: 'duplicate', of: id });
  });

  it('joins the story that an article continues', async () => {
    const names = 'Talbe Oster Marjan Velic Brodno';
    const telling = (seed: string) => `${names}. ${names} ${writing(seed, 30)} ${names}`;
    const id = await bench.publish(article('a', 'post', 0, title, telling('one')));
    await bench.publish(article('z', 'post', 0, 'Bank raises its rate', writing('bank', 200)));
    const next = article('b', 'herald', 30, 'Talbe falls, Oster counts its dead', telling('two'));
    expect(await decided(next)).toMatchObject({ kind: 'new', change: { story: { id } }, review: undefined });
  });

  it('takes articles without any text', async () => {
    expect(await decided(article('a', 'post', 0, '', ''))).toMatchObject({ kind: 'new' });
    await bench.publish(article('a', 'post', 0, '', ''));
    expect(await decided(article('b', 'post', 0, '', ''))).toMatchObject({ kind: 'new' });
  });
});
