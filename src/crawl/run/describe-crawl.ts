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
