/** How a language writes a day in digits: what stands first in its short form (CLDR, by the platform). */
type First = 'day' | 'month' | 'year';

const known = new Map<string, First>();

function firstPart(language: string | undefined): First {
  // English of no place is that of the United States: what names no language is written so most often.
  const tag = language ?? 'en';
  let first = known.get(tag);
  if (first === undefined) {
    first = readFirst(tag);
    known.set(tag, first);
  }
  return first;
}

function readFirst(tag: string): First {
  try {
    // Of the Gregorian calendar: a Persian or Thai year would stand first in forms that nobody reads here.
    const format = new Intl.DateTimeFormat(`${tag}-u-ca-gregory`, { dateStyle: 'short' });
    const parts = format.formatToParts(0).map(({ type }) => type);
    return parts.find((type) => type === 'day' || type === 'month' || type === 'year') as First;
  } catch {
    // Intl throws for what is no language tag.
    return 'day';
  }
}

/** Whether 3/4/2026 is the fourth of March. */
export const isMonthFirst = (language: string | undefined): boolean => firstPart(language) === 'month';

/** Whether 26/3/4 is the fourth of March. */
export const isYearFirst = (language: string | undefined): boolean => firstPart(language) === 'year';
