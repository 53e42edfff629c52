import { beforeEach, describe, expect, it } from 'vitest';
import type { DedupeInput } from '../../src/dedupe/decide.ts';
import { candidateLimit, holdersLimit, type KnownArticle } from '../../src/dedupe/dedupe-index.ts';
import { fingerprintOf } from '../../src/dedupe/fingerprint.ts';
import { newArticleId } from '../../src/dedupe/identity.ts';
import type { StoryChange } from '../../src/dedupe/stories.ts';
import { type Claim, decideOne, type Verdict } from '../../src/ingest/decide.ts';
import { decideBatch } from '../../src/ingest/decide-batch.ts';
import type { IngestBatch, IngestInput } from '../../src/ingest/ports.ts';
import { type CanonicalUrl, canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestInput } from './input.ts';
import { edited, writing } from './writing.ts';

/** Runs work as a batch of its own on an index that was empty when the test began. */
export type RunBatch = <T>(work: (batch: IngestBatch) => Promise<T>) => Promise<T>;

const at = (hours: number): string => new Date(Date.UTC(2026, 10, 20) + hours * 3_600_000).toISOString();
const address = (source: string, slug: string): CanonicalUrl =>
  canonicalUrl(`https://${source}.example/${slug}`) as CanonicalUrl;

export const articleOf = (slug: string, source: string, hours: number, title: string, text: string): DedupeInput => ({
  urlKey: address(source, slug),
  ...{ source, title, text, published: at(hours), seenAt: at(hours), lang: 'en' },
});

export function claimOf(article: DedupeInput): Claim<IngestInput> {
  const key = article.urlKey as CanonicalUrl;
  return {
    ...{ article, addresses: { own: key, page: key, all: [key], link: key } },
    ...{ fingerprint: fingerprintOf(article.title, article.text), content: ingestInput(article) },
  };
}

/** What every index must do, whoever keeps it. */
export function describeIndex(open: () => Promise<RunBatch>): void {
  let run: RunBatch;
  beforeEach(async () => {
    run = await open();
  });

  /** What an article would be; nothing is written. */
  const verdictOn = (article: DedupeInput): Promise<Verdict> =>
    run(async (batch) => {
      const claim = claimOf(article);
      const [candidates] = await batch.find([
        { addresses: claim.addresses?.all ?? [], fingerprint: claim.fingerprint },
      ]);
      if (!candidates) throw new Error('an answer for each search is expected');
      return decideOne(claim, { earlier: undefined, candidates }, batch);
    });
  const send = (...articles: DedupeInput[]) => run((batch) => decideBatch(batch, articles.map(claimOf)));
  const publish = async (article: DedupeInput): Promise<string> => {
    const [outcome] = await send(article);
    if (outcome?.kind !== 'published') throw new Error(`expected a new article, not ${JSON.stringify(outcome)}`);
    return outcome.article;
  };

  describe('decideOne', () => {
    const title = 'River Talbe floods the market of Oster';
    const text = writing('flood', 220);

    it('takes the first article for new', async () => {
      const verdict = await verdictOn(articleOf('a', 'post', 0, title, text));
      expect(verdict).toMatchObject({ kind: 'new', change: { story: { id: undefined } }, review: undefined });
    });

    it('sees the same address again, with the same text and with another', async () => {
      const id = await publish(articleOf('a', 'post', 0, title, text));
      const again = (told: string, headline = title) => verdictOn(articleOf('a', 'post', 1, headline, told));
      expect(await again(text)).toMatchObject({ kind: 'copy', of: { id }, copy: { match: 'url' } });
      expect(await again(edited(text, 9))).toMatchObject({ kind: 'update', known: { id }, substantive: true });
      const comma = text.replace(/\w+\.$/, 'nova.');
      expect(await again(comma)).toMatchObject({ kind: 'update', known: { id }, substantive: false });
      expect(await again(text, `${title} again`)).toMatchObject({ kind: 'update', substantive: true });
    });

    it('finds the same words elsewhere, whatever their punctuation', async () => {
      const id = await publish(articleOf('a', 'post', 0, title, text));
      const copy = articleOf('b', 'herald', 2, 'Flood at Oster', text.replaceAll('.', ' –').toUpperCase());
      const verdict = await verdictOn(copy);
      expect(verdict).toMatchObject({ kind: 'copy', of: { id }, copy: { key: copy.urlKey, match: 'exact', share: 1 } });
    });

    it('finds a copy with edits, and one that was cut', async () => {
      const id = await publish(articleOf('a', 'post', 0, title, text));
      const copy = await verdictOn(articleOf('b', 'herald', 2, title, edited(text, 25)));
      expect(copy).toMatchObject({ kind: 'copy', of: { id }, copy: { match: 'near' } });
      const half = await verdictOn(articleOf('c', 'times', 3, title, text.slice(0, text.length / 2)));
      expect(half).toMatchObject({ kind: 'copy', of: { id }, copy: { match: 'near' } });
      expect(half.kind === 'copy' && half.copy.share).toBeCloseTo(0.5, 1);
    });

    it('prefers the whole of what was a part, and the later version of the same outlet', async () => {
      const id = await publish(articleOf('a', 'post', 0, title, text.slice(0, text.length / 2)));
      const better = { kind: 'update', known: { id }, copy: { match: 'near' } };
      expect(await verdictOn(articleOf('b', 'herald', 2, title, text))).toMatchObject(better);
      expect(await verdictOn(articleOf('a2', 'post', 2, title, text))).toMatchObject(better);
    });

    it('prefers the agency to those who print it', async () => {
      const reprint = { ...articleOf('a', 'post', 0, title, edited(text, 40)), agency: 'Talbewire' };
      const id = await publish(reprint);
      const original = await verdictOn(articleOf('x', 'talbewire', 1, title, text));
      expect(original).toMatchObject({ kind: 'update', known: { id }, copy: { match: 'near' } });
    });

    it('never merges the reports of a series', async () => {
      const report = (day: number) =>
        `Sun from ${day + 5} o'clock, ${day * 3} degrees at noon and ${day * 2} at night, wind of ${day + 11} km/h. ${writing('weather', 60)}`;
      await publish(articleOf('w1', 'post', 0, 'Weather for Oster', report(1)));
      expect(await verdictOn(articleOf('w2', 'post', 24, 'Weather for Oster', report(2)))).toMatchObject({
        kind: 'new',
      });
      expect(await verdictOn(articleOf('w3', 'post', 48, 'Weather for Oster', report(3)))).toMatchObject({
        kind: 'new',
      });
    });

    it('never merges on the headline alone', async () => {
      await publish(articleOf('a', 'post', 0, title, text));
      const other = await verdictOn(articleOf('b', 'herald', 1, title, writing('other', 220)));
      expect(other).toMatchObject({ kind: 'new' });
    });

    it('finds duplicates in a script without spaces', async () => {
      const japanese = Array.from({ length: 300 }, (_, index) =>
        String.fromCodePoint(0x4e00 + ((index * 7919 + (index % 17) * 31) % 2000)),
      ).join('');
      const id = await publish({ ...articleOf('a', 'post', 0, '川が氾濫', japanese), lang: 'ja' });
      const copy = await verdictOn({ ...articleOf('b', 'herald', 1, '川が氾濫', japanese.slice(0, 200)), lang: 'ja' });
      expect(copy).toMatchObject({ kind: 'copy', of: { id }, copy: { match: 'near' } });
    });

    it('joins the story that an article continues', async () => {
      const names = 'Talbe Oster Marjan Velic Brodno';
      const telling = (seed: string) => `${names}. ${names} ${writing(seed, 30)} ${names}`;
      const id = await publish(articleOf('a', 'post', 0, title, telling('one')));
      await publish(articleOf('z', 'post', 0, 'Bank raises its rate', writing('bank', 200)));
      const next = await verdictOn(articleOf('b', 'herald', 30, 'Talbe falls, Oster counts its dead', telling('two')));
      expect(next).toMatchObject({ kind: 'new', change: { story: { id } }, review: undefined });
    });

    it('takes articles without any text', async () => {
      await publish(articleOf('a', 'post', 0, '', ''));
      expect(await verdictOn(articleOf('b', 'post', 0, '', ''))).toMatchObject({ kind: 'new' });
    });
  });

  describe('DedupeIndex', () => {
    it('finds what the same batch wrote: articles, copies, new versions', async () => {
      const text = writing('flood', 160);
      const outcomes = await send(
        articleOf('a', 'post', 0, 'Flood', text),
        articleOf('b', 'herald', 1, 'Flood', edited(text, 30)),
        articleOf('a', 'post', 2, 'Flood', edited(text, 9)),
        articleOf('c', 'globe', 3, 'Flood', edited(edited(text, 9), 31)),
        articleOf('b', 'herald', 4, 'Flood', edited(text, 30)),
      );
      const [first] = outcomes;
      const id = first?.kind === 'published' ? first.article : '';
      expect(outcomes.map((outcome) => outcome.kind)).toEqual([
        ...['published', 'duplicate', 'updated', 'duplicate', 'duplicate'],
      ]);
      expect(outcomes.slice(3)).toEqual(['near', 'url'].map((match) => ({ kind: 'duplicate', of: id, match })));
    });

    it('gives the articles at known addresses in the order asked for', async () => {
      const [one, two] = [
        articleOf('a', 'post', 0, 'A', writing('a', 90)),
        articleOf('b', 'post', 0, 'B', writing('b', 90)),
      ];
      const ids = [await publish(one), await publish(two)];
      await send({ ...articleOf('c', 'herald', 1, 'B', writing('b', 90)) });
      const addresses = [address('herald', 'c'), address('post', 'none'), address('post', 'a'), address('post', 'b')];
      const [found] = await run((batch) => batch.find([{ addresses, fingerprint: fingerprintOf('', 'x') }]));
      expect(found?.atAddress.map(({ key, article }) => [key, article.id])).toEqual([
        [addresses[0], ids[1]],
        [addresses[2], ids[0]],
        [addresses[3], ids[1]],
      ]);
    });

    /** Publishes a text whatever it is like, in a story of its own. */
    const add = (slug: string, text: string) =>
      run(async (batch) => {
        const article = articleOf(slug, 'post', 0, slug, text);
        const { fingerprint, content } = claimOf(article);
        const key = article.urlKey as CanonicalUrl;
        const id = newArticleId(key, fingerprint.textHash);
        const known: KnownArticle = {
          id,
          urlKey: key,
          source: 'post',
          at: at(0),
          seenAt: at(0),
          title: slug,
          fingerprint,
          story: id,
        };
        await batch.add(known, aloneIn(known), undefined, content);
        return known;
      });
    const near = async (text: string): Promise<string[]> => {
      const [found] = await run((batch) => batch.find([{ addresses: [], fingerprint: fingerprintOf('', text) }]));
      return found?.near.map((known) => known.title) ?? [];
    };

    it('finds by a tenth of the keys, those with most in common first and of equals the earlier', async () => {
      const parts = Array.from({ length: 40 }, (_, index) => writing(`part ${index}`, 60));
      const texts = {
        half: [...parts.slice(0, 20), writing('half', 900)],
        third: [...parts.slice(0, 13), writing('third', 1500)],
        alike: [...parts.slice(0, 20), writing('alike', 900)],
        little: [parts[0], writing('little', 3000)],
      };
      for (const [slug, told] of Object.entries(texts)) await add(slug, told.join('\n'));
      const found = await near(parts.join('\n'));
      expect(found.at(-1)).toBe('third');
      expect(found.slice(0, -1).toSorted()).toEqual(['alike', 'half']);
      // Of a text with twelve keys or fewer one is enough.
      expect(fingerprintOf('', writing('little', 30)).keys.length).toBeLessThanOrEqual(12);
      expect(await near(writing('little', 30))).toEqual(['little']);
      await add('again', `${texts.half.join('\n')} nova`);
      expect((await near(texts.half.join('\n'))).slice(0, 2)).toEqual(['half', 'again']);
    });

    it('looks at the latest that hold a key, and forgets the keys of what was replaced', async () => {
      const block = writing('standing block', 40);
      const slugs = Array.from({ length: holdersLimit + 4 }, (_, index) => `report-${index}`);
      const known = [];
      for (const slug of slugs) known.push(await add(slug, `${block}\n${writing(slug, 12)}`));
      // Others hold the keys of the first four by now.
      const found = await near(block);
      expect(found).toHaveLength(candidateLimit);
      expect(found.filter((slug) => slugs.indexOf(slug) < 4)).toEqual([]);
      const before = known.find((one) => one.title === found[0]);
      if (!before) throw new Error('articles are expected');
      const text = writing('quite another text', 60);
      const version = { ...before, fingerprint: fingerprintOf(before.title, text) };
      const content = ingestInput({ ...articleOf(before.title, 'post', 1, before.title, text) });
      await run((batch) => batch.replace(before, version, { substantive: true }, content));
      expect(await near(block)).not.toContain(before.title);
      expect(await near(text)).toEqual([before.title]);
    });
  });
}

const aloneIn = ({ at: time, fingerprint }: KnownArticle): StoryChange => ({
  story: {
    ...{ id: undefined, absorbs: [], takes: [], articles: 1, first: time, latest: time },
    ...{ terms: fingerprint.terms, marks: [], leading: new Map() },
  },
  others: [],
});
