import type { ListingAnswer } from '../../domain/source-health.ts';
import type { CrawlReport } from './report.ts';

/** What a crawl came to, in one line for the operator. */
export function describeCrawl(report: CrawlReport): string {
  if (report.error !== undefined) return `crawl failed: ${report.error}`;
  const rejected = Object.entries(report.rejected).map(([reason, count]) => `${count} ${reason}`);
  const parts = [
    `${report.found} new of ${report.listed} listed`,
    `${report.articles} handed on`,
    ...(rejected.length > 0 ? [`rejected ${rejected.join(', ')}`] : []),
    ...(report.revisited > 0 ? [`${report.revisited} looked at again`] : []),
    ...(report.withdrawn > 0 ? [`${report.withdrawn} withdrawn`] : []),
    ...(report.postponed > 0 ? [`${report.postponed} postponed`] : []),
    ...(report.backlog ? ['more to come'] : []),
    `${report.requests} requests`,
  ];
  return `crawled: ${parts.join(' · ')}`;
}

/** What a crawl did, one line a step: each listing that was asked, and what came of it all. */
export const crawlSteps = (report: CrawlReport): string[] => [
  ...report.listings.map(describeListing),
  ...report.warnings,
  describeCrawl(report),
];

function describeListing({ kind, url, status, problem, items, fresh }: ListingAnswer): string {
  const answer = status === undefined ? '' : `${status}, `;
  return `${kind} ${url}: ${answer}${problem ?? `${items} links, ${fresh} of them new`}`;
}
