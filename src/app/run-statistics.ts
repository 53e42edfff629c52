import type { CrawlReport } from '../crawl/run/crawl-source.ts';

/** What the workers of this process tell of their work. */
export interface RunStatistics {
  readonly reports: CrawlReport[];
  readonly stages: Map<'classify' | 'store', { ms: number; count: number }>;
}

export const createRunStatistics = (): RunStatistics => ({ reports: [], stages: new Map() });
