import { z } from 'zod';
import { type FeedForm, feedItems } from '../domain/filter.ts';
import { closest } from '../text/closest.ts';
import { RequestError } from './request-error.ts';

/** Values of a query string as they come: a name that is given twice is a list. */
export type Query = Readonly<Record<string, unknown>>;

const longestList = 500;

/** A parameter that may be given once; one without a value counts as not given. */
const text = z
  .string({ error: 'may be given once only.' })
  .transform((value) => value.replaceAll('\0', '').trim())
  .transform((value) => (value === '' ? undefined : value));

/** A day or an instant that PostgreSQL takes too. */
const isMoment = (value: string): boolean =>
  /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:\d{2}))?$/.test(value) &&
  !Number.isNaN(Date.parse(value)) &&
  // The thirty-first of February would pass for a day of March.
  new Date(value.slice(0, 10)).toISOString().startsWith(value.slice(0, 10));

const moment = text.refine((value) => value === undefined || isMoment(value), {
  error: 'is a day such as 2026-11-28 or an instant such as 2026-11-28T08:00:00Z.',
});

/** The parameters that every list of articles takes. */
export const listParameters = {
  q: text.optional().describe('Words to search for; "…" a phrase, - without'),
  from: moment.optional().describe('News of that day or instant and later'),
  to: moment.optional().describe('News of that day or before that instant'),
  since: moment.optional().describe('Articles that arrived since'),
  limit: text
    .refine((value) => value === undefined || (/^\d{1,4}$/.test(value) && +value >= 1 && +value <= longestList), {
      error: `is a number from 1 to ${longestList}.`,
    })
    .transform((value) => (value === undefined ? undefined : Number(value)))
    .optional()
    .describe(`How many, 1 to ${longestList}`),
  before: text
    .refine((value) => value === undefined || /^\d{1,18}$/.test(value), {
      error: 'names no place in the list; start without it.',
    })
    .optional()
    .describe("Where the next page starts; 'next' holds the whole address"),
};

const mostValues = 50;

/** Values parted by commas, or the name given several times: one of them must fit. */
const several = z
  .union([z.string(), z.array(z.string())])
  .transform((value) => [value].flat().flatMap((one) => one.replaceAll('\0', '').split(',')))
  .transform((values) => [...new Set(values.map((one) => one.trim()).filter((one) => one !== ''))])
  .refine((values) => values.length <= mostValues, { error: `has ${mostValues} values at most.` });

/** The filters that stand in the path of a page and in the query of the API, where each may have several values. */
export const filterParameters = {
  region: several.optional().describe('Country (RS), news region (balkans) or UN M49 region (southern-europe, 039)'),
  topic: several.optional().describe('IPTC Media Topic: slug (politics) or code (11000000)'),
  lang: several.optional().describe('ISO 639 code'),
  source: several.optional().describe('Id of a source'),
};

/** One of some words. */
const oneOf = <const Word extends string>(words: readonly Word[]) =>
  text
    .refine((value) => value === undefined || words.some((word) => word === value), {
      error: `is one of ${words.join(', ')}.`,
    })
    .transform((value) => words.find((word) => word === value));

const isDay = (value: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(value) && isMoment(value);

/** How a feed is wanted. */
const formParameters = {
  items: oneOf(feedItems).optional(),
  text: oneOf(['full', 'summary']).optional(),
  day: text
    .refine((value) => value === undefined || isDay(value), { error: 'is a day such as 2026-11-28.' })
    .optional(),
  part: text
    .refine((value) => value === undefined || /^[1-9]\d{0,4}$/.test(value), { error: 'is a number from 1 on.' })
    .transform((value) => (value === undefined || value === '1' ? undefined : Number(value)))
    .optional(),
};

/** In which order a search is listed. */
const sort = oneOf(['time', 'relevance']).optional();

const pageQuery = z.object({
  ...listParameters,
  ...formParameters,
  sort,
  reason: text.optional(),
  url: text.optional(),
});
export type PageQuery = z.infer<typeof pageQuery>;

interface Issue {
  readonly code?: string | undefined;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

/** What is wrong with a query string, for the one who asked. */
export function describeIssue(issue: Issue, known: readonly string[]): string {
  const [unknown] = issue.code === 'unrecognized_keys' ? (issue.keys ?? []) : [];
  if (unknown === undefined) return `'${issue.path.join('.')}' ${issue.message}`;
  const meant = closest(unknown, known);
  const advice = known.length === 0 ? 'There are none.' : `The parameters are: ${known.join(', ')}.`;
  return `There is no parameter '${unknown}' here.${meant ? ` Did you mean '${meant}'?` : ''} ${advice}`;
}

/** The parameters of a page or a feed; others, such as those of trackers, are not looked at. @throws RequestError */
export function readQuery(query: Query): PageQuery {
  const parsed = pageQuery.safeParse(query);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new RequestError(400, issue ? describeIssue(issue, []) : 'That cannot be asked.');
}

/** What the query of a feed says of its form. @throws RequestError */
export function feedForm({ items, text: wanted, limit, day, part }: PageQuery): FeedForm {
  if (part !== undefined && day === undefined) throw new RequestError(400, "'part' is of a day; name the 'day' too.");
  if (day !== undefined && limit !== undefined)
    throw new RequestError(400, "'limit' and 'day' do not go together: the archive of a day is whole.");
  if (day !== undefined && (items === 'change' || items === 'correction'))
    throw new RequestError(400, "There is no archive of changes by 'day'; 'since' tells from when on.");
  return { items, text: wanted, limit, day, part };
}
