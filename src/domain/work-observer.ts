import type { Outcome, Reason } from './article.ts';
import type { Source } from './source.ts';
import type { HealthState } from './source-health.ts';

/** One request of the crawler that ended, waiting for the site's turn left out. */
export interface RequestSeen {
  /** HTTP status; undefined where there was no answer. */
  readonly status: number | undefined;
  readonly ms: number;
}

/** What is told of work while it is done; for figures. Every value of a label is one of few: no address, no id. */
export interface WorkObserver {
  /** @param source undefined for what belongs to none */
  request(seen: RequestSeen, source: Pick<Source, 'country' | 'proxy' | 'render'> | undefined): void;
  crawl(seen: {
    readonly source: Pick<Source, 'country'>;
    readonly state: HealthState;
    readonly tookMs: number;
    readonly bytes: number;
    readonly rejected: Readonly<Partial<Record<Reason, number>>>;
  }): void;
  stage(stage: 'extract' | 'classify' | 'store', ms: number): void;
  /** @param lagMs since the article was published; undefined where it does not say when */
  outcome(outcome: Outcome, lagMs: number | undefined): void;
  /** How telling a target ended. */
  delivery(target: 'hub' | 'webhook' | 'other', events: number, told: boolean): void;
}
