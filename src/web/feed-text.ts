import type { Settings } from '../config.ts';
import type { ArticleView, Cut } from '../store/reading.ts';
import type { FeedFormat } from './cut.ts';
import type { Outlets } from './outlets.ts';

export interface FeedRequest {
  readonly wire: Pick<Settings, 'TITLE' | 'HUB_URL'>;
  readonly base: string;
  readonly cut: Cut;
  readonly format: FeedFormat;
  readonly limit: number | undefined;
  readonly articles: readonly ArticleView[];
  readonly outlets: Outlets;
}
export function writeFeed(request: FeedRequest): { text: string; changedAt: Date } {
  return { text: request.base, changedAt: new Date() };
}
