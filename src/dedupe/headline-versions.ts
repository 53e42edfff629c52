import { contradicts, type Told } from './contradiction.ts';
import type { KnownArticle } from './dedupe-index.ts';
import { hashWord } from './hash.ts';
import { matterOf } from './headline-words.ts';
import { rarity } from './rarity.ts';
import type { StoryIndex } from './story-index.ts';
import { wordsOf } from './words.ts';

/*
 * Of a source that gives its headlines alone, two headlines are one item when they have nearly all words in common: sent again, or
 * reworded a little. Stricter than in a list that is looked at as a whole (`groupHeadlines`), for what is merged here is hidden from
 * readers: outlets that tell one event in their own words have up to three quarters in common (BASIL), as have forecasts for two towns.
 */

/** Weighted share of the longer headline that the other has too, from which on they are one. */
const versionShare = 0.8;
/** Fewer words than these say too little: 'In pictures', 'Live: the budget'. */
const fewestWords = 4;
/** The same headline so much later is that of another day (see `isSeries`). */
const longestHours = 20;
/** Of the headlines given, the most alike of those that are the newcomer in other words. */
export async function versionAmong(
  { title, fingerprint }: Told,
  at: string | undefined,
  headlines: readonly KnownArticle[],
  index: StoryIndex,
): Promise<KnownArticle | undefined> {
  const open = headlines.filter(
    (known) => hoursApart(at, known.at) <= longestHours && !contradicts({ title, fingerprint }, known),
  );
  if (open.length === 0) return undefined;
  const own = matterOf(wordsOf(title));
  const others = open.map((known) => ({ known, matter: matterOf(wordsOf(known.title)) }));
  const all = [own, ...others.map(({ matter }) => matter)].flatMap((matter) => [...matter.values()].map(hashWord));
  const counts = await index.termCounts([...new Set(all)]);
  const weigh = (matter: ReadonlyMap<string, string>, stems: Iterable<string>): number =>
    [...stems].reduce((sum, stem) => sum + rarity(hashWord(matter.get(stem) ?? ''), counts), 0);
  const alike = others.map(({ known, matter }) => {
    const common = [...own.keys()].filter((stem) => matter.has(stem));
    const longer = Math.max(weigh(own, own.keys()), weigh(matter, matter.keys()));
    return { known, share: common.length < fewestWords ? 0 : weigh(own, common) / longer };
  });
  const best = alike.toSorted((a, b) => b.share - a.share)[0];
  return best && best.share >= versionShare ? best.known : undefined;
}

const hoursApart = (a: string | undefined, b: string | undefined): number =>
  a === undefined || b === undefined ? 0 : Math.abs(Date.parse(a) - Date.parse(b)) / 3_600_000;
