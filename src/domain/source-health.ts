/** What a source is to the wire: it `gives` links, it answers but gives `nothing`, or it `fails` to be read. */
export const healthStates = ['gives', 'nothing', 'fails'] as const;
export type HealthState = (typeof healthStates)[number];

/** How one listing answered in one crawl. */
export interface ListingAnswer {
  readonly kind: 'feed' | 'sitemap' | 'section';
  readonly url: string;
  /** HTTP status; undefined where there was no answer. */
  readonly status?: number | undefined;
  /** Why it gave nothing, in the operator's words; undefined where it gave something or is unchanged (304). */
  readonly problem?: string | undefined;
  /** The listing was not asked: its site is to be left alone. */
  readonly unasked?: boolean | undefined;
  /** Links in it, and those of them that nobody had seen. */
  readonly items: number;
  readonly fresh: number;
}

/** What one crawl says of its source. */
export interface CrawlVerdict {
  readonly state: HealthState;
  /** Why the source does not give, in the operator's words; undefined where it gives. */
  readonly cause?: string | undefined;
  /** Nothing was asked, so that the crawl says nothing new. */
  readonly unasked?: boolean | undefined;
}

/** How a source stands after all its crawls. */
export interface SourceHealth {
  readonly state: HealthState;
  readonly cause: string | null;
  /** When it came into this state. */
  readonly since: Date;
  /** Crawls in a row that ended in this state. */
  readonly inARow: number;
}

/** The words for a listing that answers as it should and holds no link. */
export const listsNothing = 'lists nothing';
/** The words for a crawl whose time was up before any listing had answered. */
export const noAnswerInTime = 'no listing answered in the time of a crawl';
const longestCause = 400;

/** An answer about the listing itself: what stands there, or that nothing stands there. */
const isAboutListing = ({ status }: ListingAnswer): boolean =>
  status !== undefined && (status < 400 || status === 404 || status === 410);

/** The words of one problem, or each with its listing where they differ. */
function describeProblems(listings: readonly ListingAnswer[]): string {
  const problems = new Set(listings.map(({ problem }) => problem));
  const [first] = listings;
  if (problems.size === 1 && first?.problem !== undefined) return first.problem;
  return listings.map(({ kind, url, problem }) => `${kind} ${url}: ${problem}`).join('; ');
}

/**
 * Judges a crawl by how the listings answered, in the order in which they were asked: the best first. One that gives is enough. Where none
 * does, the best one says whether the source cannot be read or holds nothing.
 */
export function judgeCrawl(listings: readonly ListingAnswer[]): CrawlVerdict {
  if (listings.some(({ problem }) => problem === undefined)) return { state: 'gives' };
  const asked = listings.filter(({ unasked }) => !unasked);
  const [best] = asked.length > 0 ? asked : listings;
  if (!best) return { state: 'fails', cause: noAnswerInTime };
  return {
    state: isAboutListing(best) ? 'nothing' : 'fails',
    cause: describeProblems(asked.length > 0 ? asked : listings).slice(0, longestCause),
    unasked: asked.length === 0,
  };
}

/** How a source stands after one more crawl. What was not asked keeps the cause that was found when it was. */
export function healthAfter(before: SourceHealth | undefined, crawl: CrawlVerdict, at: Date): SourceHealth {
  const { state, cause = null, unasked } = crawl;
  if (before && unasked && before.state !== 'gives') return { ...before, inARow: before.inARow + 1 };
  const goesOn = before?.state === state;
  return { state, cause, since: goesOn ? before.since : at, inARow: goesOn ? before.inARow + 1 : 1 };
}

/** A state in a word, for tables and lines of a log. */
export const healthWord: Readonly<Record<HealthState, string>> = {
  gives: 'gives',
  nothing: 'gives nothing',
  fails: 'fails',
};
