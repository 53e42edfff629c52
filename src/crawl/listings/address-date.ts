/** What an address tells of its age. */
export interface AddressDate {
  /** Year, month and day as one number, 20261122; zeros for what is not told; 0 without a year. */
  readonly day: number;
  /** The last number besides; 0 without one. */
  readonly number: number;
}

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const monthNames =
  /^(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)$/;

const isYear = (token: string | undefined): token is string => /^(?:19|20)\d\d$/.test(token ?? '');
const within = (token: string | undefined, most: number): number => {
  const value = /^\d{1,2}$/.test(token ?? '') ? Number(token) : 0;
  return value <= most ? value : 0;
};
const monthOf = (token: string | undefined): number =>
  monthNames.test(token ?? '') ? months.indexOf((token ?? '').slice(0, 3)) + 1 : within(token, 12);

/** `20261122`, `202611`: a date written without signs between. */
function compactDate(token: string): number {
  const [, year = '', month = '', day = '00'] =
    /^((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])?$/.exec(token) ?? [];
  return Number(`${year}${month}${year && day}`);
}

/**
 * The date and the number in an address, as sitemaps of an archive and articles carry them: `/sitemap-2026-11.xml`,
 * `/2026/11/22/`, `?yyyy=2026&mm=11`, `/archive/november-2026`, `/posts-40.xml`.
 */
export function addressDate(address: string): AddressDate {
  const url = URL.parse(address);
  const tokens = (url ? url.pathname + url.search : address).toLowerCase().match(/\d+|[a-z]+/g) ?? [];
  // Names between the numbers (`mm` of `?yyyy=2026&mm=11`) say nothing.
  const telling = tokens.filter((token) => /^\d/.test(token) || monthNames.test(token));
  let number = 0;
  for (const [index, token] of telling.entries()) {
    const compact = compactDate(token);
    if (compact > 0) return { day: compact, number: lastNumber(telling.slice(index + 1)) };
    if (isYear(token)) {
      const month = monthOf(telling[index + 1]);
      if (month > 0) {
        const day = within(telling[index + 2], 31);
        return { day: dayNumber(token, month, day), number: lastNumber(telling.slice(index + (day > 0 ? 3 : 2))) };
      }
      const before = monthOf(telling[index - 1]);
      const rest = lastNumber(telling.slice(index + 1));
      return { day: dayNumber(token, before, before > 0 ? within(telling[index - 2], 31) : 0), number: rest };
    }
    if (/^\d{1,15}$/.test(token)) number = Number(token);
  }
  return { day: 0, number };
}

const dayNumber = (year: string, month: number, day: number): number => Number(year) * 10_000 + month * 100 + day;
const lastNumber = (tokens: readonly string[]): number =>
  Number(tokens.findLast((token) => /^\d{1,15}$/.test(token)) ?? 0);
