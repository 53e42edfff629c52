import type { Label } from '../domain/article.ts';
import type { Mention } from './mention.ts';

/** The text of an article as the mentions count it: title first. */
export interface Layout {
  readonly text: string;
  /** Length of the title at the head of the text. */
  readonly titleLength: number;
}

const kindWeight: Record<Mention['kind'], number> = {
  name: 1,
  adjective: 1,
  city: 0.7,
  area: 0.7,
  other: 0.9,
  abbreviation: 0.6,
  listing: 0.6,
  hint: 0.3,
};

/** Title × 2.5, lead × 1.5, tail × 0.55: best of those tried on the countries of Reuters and the places of LGL (development halves). */
const positionWeight = { title: 2.5, lead: 1.5, body: 1, tail: 0.55 };
/** Characters of the body that are the lead. */
const leadLength = 350;
/** The last quarter is the tail, where a text is longer than this. */
const shortestWithTail = 400;

function weightAt(start: number, { text, titleLength }: Layout): number {
  if (start < titleLength) return positionWeight.title;
  if (start < titleLength + leadLength) return positionWeight.lead;
  return start > shortestWithTail && start > text.length * 0.75 ? positionWeight.tail : positionWeight.body;
}

interface Tally {
  score: number;
  count: number;
  readonly words: Map<string, number>;
}

/** Adds up the mentions by country or region; the words that weighed most come first. */
export function tally(mentions: readonly Mention[], layout: Layout): Map<string, Tally> {
  const tallies = new Map<string, Tally>();
  for (const mention of mentions) {
    const row = tallies.get(mention.code) ?? { score: 0, count: 0, words: new Map<string, number>() };
    tallies.set(mention.code, row);
    row.count++;
    // The tenth mention tells less than the first.
    const weight = (kindWeight[mention.kind] * weightAt(mention.start, layout)) / Math.sqrt(row.count);
    row.score += weight;
    const surface = layout.text.slice(mention.start, mention.end);
    row.words.set(surface, (row.words.get(surface) ?? 0) + weight);
  }
  return tallies;
}

const evidenceOf = (row: Tally): string[] =>
  [...row.words]
    .sort((a, b) => b[1] - a[1])
    .slice(0, 5)
    .map(([surface]) => surface);

/**
 * A country counts as what the article is about from this share of the strongest country's score; beside the source's own country, where
 * that is the strongest, from a larger one: it is the stage, and the others pass by.
 */
const shareOfTop = 0.48;
const shareBesideHome = 0.55;
/**
 * Outside English, which agencies and half of the world write in, papers report mostly from home and name it less than it is meant.
 * Chosen on English papers with their own country (a weak label: precision 59 to 77 %, recall 88 to 89 %), for want of labels in others.
 */
const outsideEnglish = { home: 1.5, shareOfTop: 0.6, shareBesideHome: 0.75 };
const mostCountries = 6;
/** Less than this is one name in the tail of a long text. */
const weakestEvidence = 0.5;
/** Less than this is one town further down in the text: the source's own country is likelier, where it is known. */
const weakestAgainstSource = 0.8;

/** All countries named, strongest first. */
export function mentionedLabels(tallies: ReadonlyMap<string, Tally>): Label[] {
  return [...tallies]
    .map(([id, row]) => ({
      id,
      confidence: 1 - 0.6 ** (row.score + 0.5),
      origin: 'text' as const,
      evidence: evidenceOf(row),
    }))
    .sort((a, b) => b.confidence - a.confidence);
}

/** Without a place named: what currencies and forms of companies hint at, else the source's own country, which says that it is a default. */
function byDefault(hints: ReadonlyMap<string, Tally>, { country, headlineOnly }: AboutContext): Label[] {
  const [hinted] = [...hints].sort((a, b) => b[1].score - a[1].score);
  const atHome = hints.get(country ?? '')?.score ?? 0;
  if (hinted && hinted[1].score > atHome && (!headlineOnly || hinted[1].words.size > 1)) {
    const [id, row] = hinted;
    return [{ id, confidence: 0.35, origin: 'text', evidence: evidenceOf(row) }];
  }
  if (!country || headlineOnly) return [];
  return [{ id: country, confidence: 0.4, origin: 'source', evidence: [] }];
}

/** What hints add at most to a country's score: less than one name in the lead. */
const hintsAtMost = 0.8;

function withHints(tallies: ReadonlyMap<string, Tally>, hints: ReadonlyMap<string, Tally>): [string, Tally][] {
  if (tallies.size === 0) return [];
  const rows = new Map(tallies);
  for (const [id, hint] of hints) {
    const row = rows.get(id);
    // One word, such as 'dollars', does not add a country to those named.
    if (!row && hint.words.size < 2) continue;
    const score = (row?.score ?? 0) + Math.min(hintsAtMost, hint.score);
    rows.set(id, { score, count: 0, words: new Map([...(row?.words ?? []), ...hint.words]) });
  }
  return [...rows];
}

/** What is known of the article besides its places. */
export interface AboutContext {
  readonly lang: string;
  /** The source's own country. */
  readonly country: string | undefined;
  /** There is no text but a headline: then the source's country is no answer. A ticker reports from everywhere. */
  readonly headlineOnly: boolean;
}

/** The countries that the article is about, the focus first. */
export function aboutLabels(
  tallies: ReadonlyMap<string, Tally>,
  hints: ReadonlyMap<string, Tally>,
  context: AboutContext,
): Label[] {
  const { lang, country } = context;
  const home = lang === 'en' ? 1 : outsideEnglish.home;
  const rows = withHints(tallies, hints)
    .map(([id, row]): [string, Tally] => [id, id === country ? { ...row, score: row.score * home } : row])
    .sort((a, b) => b[1].score - a[1].score);
  const top = rows[0]?.[1].score ?? 0;
  const total = rows.reduce((sum, [, row]) => sum + row.score, 0);
  if (top < (country ? weakestAgainstSource : weakestEvidence)) return byDefault(hints, context);
  const shares = lang === 'en' ? { shareOfTop, shareBesideHome } : outsideEnglish;
  const least = top * (rows[0]?.[0] === country ? shares.shareBesideHome : shares.shareOfTop);
  return rows
    .filter(([, row]) => row.score >= least)
    .slice(0, mostCountries)
    .map(([id, row]) => ({
      id,
      confidence: Math.min(0.99, (row.score / total) * (1 - 0.4 ** (row.score + 0.3))),
      origin: 'text' as const,
      evidence: evidenceOf(row),
    }));
}
