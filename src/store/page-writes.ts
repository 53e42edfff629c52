import type { BatcherOptions } from '../domain/batcher.ts';

/**
 * How what is written for each page waits for that of other pages. A site is asked once a second, so a tenth of it holds nobody up; who
 * writes goes on when it is on disk. Without the wait a batch held 1.2 pages on average, and nothing was gained.
 */
export const pageWrites: BatcherOptions = { most: 64, waitMs: 100 };
