/** Pages of a source: how many became articles, and how many were no article to extraction. */
export interface PageCounts {
  readonly kept: number;
  readonly rejected: number;
}

/** Articles of a source, and their median size. */
export interface TextSizes {
  readonly texts: number;
  /** In any unit; null where there is no text. */
  readonly size: number | null;
}

/** Fewer pages or texts tell nothing. */
const fewPages = 10;
const fewTexts = 5;

/** In percent, from before to now. */
export interface Shift {
  readonly from: number;
  readonly to: number;
}

/** The share of rejected pages before and now, when it has grown by so many percent points: the layout may have changed. */
export function rejectionShift(now: PageCounts, before: PageCounts, limit: number): Shift | undefined {
  const [pages, earlier] = [now.kept + now.rejected, before.kept + before.rejected];
  if (pages < fewPages || earlier < fewPages) return undefined;
  const shift = { from: (100 * before.rejected) / earlier, to: (100 * now.rejected) / pages };
  return shift.to - shift.from < limit ? undefined : shift;
}

/** The size of texts against before (100), when it is so many percent smaller, or larger in the same measure. */
export function lengthShift(now: TextSizes, before: TextSizes, limit: number): Shift | undefined {
  if (now.texts < fewTexts || before.texts < fewPages || !now.size || !before.size) return undefined;
  const left = 1 - Math.min(99, limit) / 100;
  if (now.size > before.size * left && now.size < before.size / left) return undefined;
  return { from: 100, to: (100 * now.size) / before.size };
}

/** One day of a source. */
export interface LayoutDay extends PageCounts, TextSizes {
  /** `2026-11-22`, UTC. */
  readonly day: string;
}

/** A day from which on pages of a source were read otherwise than in the two weeks before. */
export interface LayoutChange extends Shift {
  readonly day: string;
  readonly what: 'rejected' | 'length';
}

const daysBefore = 14;
const daysOfTexts = 2;

/**
 * When the layout of a source seems to have changed, by the rules of the alerts, the first day of each. Pure.
 * @param days in order, none left out
 * @param limits as `ALERT_LIMITS` has them; 0 finds nothing
 */
export function layoutChanges(
  days: readonly LayoutDay[],
  limits: { readonly rejected: number; readonly length: number },
): LayoutChange[] {
  const found: LayoutChange[] = [];
  const since = { rejected: false, length: false };
  days.forEach(({ day, ...counts }, index) => {
    const beforeDay = days.slice(Math.max(0, index - daysBefore), index);
    const from = Math.max(0, index + 1 - daysOfTexts);
    const [texts, textsBefore] = [days.slice(from, index + 1), days.slice(Math.max(0, from - daysBefore), from)];
    const shifts = {
      rejected: limits.rejected > 0 ? rejectionShift(counts, countsOf(beforeDay), limits.rejected) : undefined,
      length: limits.length > 0 ? lengthShift(sizesOf(texts), sizesOf(textsBefore), limits.length) : undefined,
    };
    for (const what of ['rejected', 'length'] as const) {
      const shift = shifts[what];
      if (shift && !since[what]) found.push({ day, what, ...shift });
      since[what] = shift !== undefined;
    }
  });
  return found;
}

const countsOf = (days: readonly PageCounts[]): PageCounts => ({
  kept: days.reduce((sum, { kept }) => sum + kept, 0),
  rejected: days.reduce((sum, { rejected }) => sum + rejected, 0),
});

/** The median of the days' medians, each as often as it has texts. */
function sizesOf(days: readonly TextSizes[]): TextSizes {
  const known = days.flatMap(({ texts, size }) => (size === null ? [] : [{ texts, size }]));
  const texts = known.reduce((sum, one) => sum + one.texts, 0);
  let left = texts / 2;
  for (const one of known.toSorted((a, b) => a.size - b.size)) {
    left -= one.texts;
    if (left <= 0) return { texts, size: one.size };
  }
  return { texts, size: null };
}
