/** The measures of bench:extract, as the public benchmarks define them. */
export const tokens = (text: string): string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? [];

export interface Overlap {
  readonly hits: number;
  readonly found: number;
  readonly gold: number;
}

/** Multiset overlap of 4-word runs (scrapinghub/article-extraction-benchmark, evaluate.py). */
export function overlap(gold: string, text: string): Overlap {
  const a = runs(gold);
  const b = runs(text);
  let hits = 0;
  for (const [run, count] of a) hits += Math.min(count, b.get(run) ?? 0);
  return { hits, found: sum(b), gold: sum(a) };
}

function runs(text: string): Map<string, number> {
  const words = tokens(text);
  const counts = new Map<string, number>();
  for (let i = 0; i < Math.max(1, words.length - 3); i++) {
    const run = words.slice(i, i + 4).join(' ');
    if (run) counts.set(run, (counts.get(run) ?? 0) + 1);
  }
  return counts;
}

const sum = (counts: Map<string, number>): number => counts.values().reduce((total, count) => total + count, 0);

export const pageF1 = ({ hits, found, gold }: Overlap): number => (found + gold > 0 ? (2 * hits) / (found + gold) : 1);

/** F1 of the mean precision and the mean recall; a page without any text has no precision. */
export function macroF1(pages: readonly Overlap[]): number {
  const withText = pages.filter((page) => page.found > 0);
  const precision = mean(withText.map(({ hits, found }) => hits / found));
  const recall = mean(pages.filter((page) => page.gold > 0).map(({ hits, gold }) => hits / gold));
  return precision + recall > 0 ? (2 * precision * recall) / (precision + recall) : 0;
}

export const mean = (values: readonly number[]): number =>
  values.length > 0 ? values.reduce((a, b) => a + b, 0) / values.length : Number.NaN;

export const quantile = (values: readonly number[], q: number): number =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? Number.NaN;

export const folded = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();

/** Kinds of furniture, counted alike for every system: lines of its text that the gold does not hold. */
const kinds: Readonly<Record<string, (line: string, page: { title: string; links: ReadonlySet<string> }) => boolean>> =
  {
    title: (line, { title }) => folded(line) === folded(title),
    'headline lists': (line, { links }) =>
      tokens(line).length >= 4 && tokens(line).length <= 25 && links.has(folded(line)),
    'lead-ins': (line) =>
      /^(?:read(?: more| also| next)?|also read|related|more|see also|watch|don.?t miss|recommended|up next)\b[^.]{0,20}[:：]|^(?:read more|related (?:articles?|stories|posts|topics)|more (?:from|on|stories)|recommended|you may also like)\b/i.test(
        line,
      ),
    bylines: (line) =>
      tokens(line).length <= 14 && /^(?:by|written by|posted by|published|updated|last updated)\b[:\s]/i.test(line),
    newsletter: (line) =>
      /newsletter|sign up (?:for|to)|subscribe (?:to|now|for)|your inbox|email address/i.test(line) &&
      tokens(line).length < 50,
    bio: (line) =>
      tokens(line).length < 90 &&
      /^(?:about the author|\p{Lu}\p{L}+ \p{Lu}\p{L}+ is (?:an? |the )?.{0,60}(?:reporter|writer|editor|correspondent|journalist|contributor|columnist|author))|follow (?:him|her|them) on/iu.test(
        line,
      ),
    copyright: (line) => /©|\(c\) \d{4}|all rights reserved|^copyright\b/i.test(line) && tokens(line).length < 60,
  };
export const furnitureKinds = Object.keys(kinds);

/** Which kinds of furniture stand in a text. */
export function furnitureIn(text: string, gold: string, title: string, html: string): string[] {
  const held = runs(gold);
  const lines = text.split('\n').filter((line) => {
    const words = tokens(line);
    if (words.length === 0) return false;
    if (words.length < 4) return !folded(gold).includes(folded(line));
    const own = [...runs(line).keys()];
    return own.filter((run) => held.has(run)).length < own.length / 2;
  });
  const links = new Set(
    [...html.matchAll(/<a\b[^>]*>([\s\S]{5,400}?)<\/a>/gi)].map(([, inner]) =>
      folded((inner ?? '').replace(/<[^>]*>/g, ' ')),
    ),
  );
  return furnitureKinds.filter((kind) => lines.some((line) => kinds[kind]?.(line, { title, links })));
}
