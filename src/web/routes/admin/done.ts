import type { Query } from '../../query.ts';

/** What a button says once it has done its work; the address carries the name, never the words. */
const done = {
  crawl: 'The source is crawled as soon as a worker is free.',
  paused: 'Paused. What comes in is kept and waits.',
  resumed: 'It goes on.',
  retry: 'rejected pages are fetched again.',
  saved: 'The catalogue is changed; the source goes on with its new settings.',
  added: 'The source is in the catalogue and will be crawled at once.',
  removed: 'The source is out of the catalogue. Its articles stay.',
} as const;

export type Done = keyof typeof done;

export function whatWasDone({ did, count }: Query): string | undefined {
  if (typeof did !== 'string' || !Object.hasOwn(done, did)) return undefined;
  const number = typeof count === 'string' && /^\d{1,9}$/.test(count) ? `${count} ` : '';
  return `${number}${done[did as Done]}`;
}
