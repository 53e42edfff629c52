import type { Link, OpenLink, Reason } from '../../domain/article.ts';
import { mergeRights } from '../../domain/rights.ts';
import { canonicalUrl } from '../../text/canonical-url.ts';
import { headlineOf } from '../listings/headline.ts';
import type { Crawling } from './crawl-run.ts';
import { isWanted } from './is-wanted.ts';

/** They cost no request; what is more waits for the next crawl. */
const headlinesPerCrawl = 5000;
const headlinesAtATime = 64;

/**
 * The second half of a crawl of a source of which the headlines alone are taken: hands on what its lists say of the links that are open,
 * and requests none of them. A headline is looked at again only when its list gives it another wording.
 */
export async function readHeadlines(crawling: Crawling): Promise<void> {
  const open = await crawling.parts.links.open(crawling.source.id, { now: crawling.now(), limit: headlinesPerCrawl });
  let ended = 0;
  // Side by side, since what is handed on waits for company.
  for (; ended < open.length && !crawling.signal.aborted; ended = Math.min(ended + headlinesAtATime, open.length))
    await Promise.all(open.slice(ended, ended + headlinesAtATime).map((link) => readHeadline(crawling, link)));
  crawling.report.backlog = ended < open.length || open.length >= headlinesPerCrawl;
}

async function readHeadline(crawling: Crawling, { key, link, revisit }: OpenLink): Promise<void> {
  const { source, parts, report } = crawling;
  const against = reasonAgainst(crawling, link);
  const extracted = against === undefined ? headlineOf(link) : undefined;
  if (extracted) {
    const urlKey = canonicalUrl(key);
    if (urlKey === undefined) throw new Error(`The key ${key} of a link is none.`);
    await parts.emit({
      source: source.id,
      urlKey,
      link,
      pageUrl: link.url,
      extracted: { ...extracted, rights: mergeRights(link.rights ?? {}, report.rights) },
    });
    await parts.links.markQueued(key, crawling.now(), null);
    report.articles++;
  }
  // A second look that finds no headline says nothing against the first.
  else if (revisit) await parts.links.scheduleRevisit(key, null);
  else await crawling.reject(key, 'crawl', against ?? 'no-headline');
}

function reasonAgainst(crawling: Crawling, link: Link): Reason | undefined {
  if (!isWanted(crawling.source, link.url)) return 'excluded';
  return crawling.isTooOld(link.published) ? 'too-old' : undefined;
}
