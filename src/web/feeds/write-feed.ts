import { toAtom } from '../../../feeds/write/atom.ts';
import type { OutArchive, OutFeed, OutItem } from '../../../feeds/write/feed.ts';
import { toJsonFeed } from '../../../feeds/write/json-feed.ts';
import { toRss } from '../../../feeds/write/rss.ts';
import type { FeedForm, FeedFormat, FeedItems, Filter } from '../../domain/filter.ts';
import { pageAddress } from '../filter.ts';

/** All that decides what a feed says. */
export interface FeedRequest {
  /** Name of the merged feed. */
  readonly title: string;
  /** WebSub hub that is told of every change. */
  readonly hub: string | undefined;
  /** Where subscribers reach the server, without a slash at the end. */
  readonly base: string;
  /** Its own address. */
  readonly self: string;
  readonly filter: Filter;
  /** What it is about. */
  readonly about: string | undefined;
  readonly format: FeedFormat;
  readonly form: FeedForm;
  readonly kind: FeedItems;
  readonly items: readonly OutItem[];
  /** Where it stands among the archives by day. */
  readonly archive: OutArchive | undefined;
  /** When anything in it last changed. */
  readonly changedAt: Date;
}

const writers: Readonly<Record<FeedFormat, (feed: OutFeed) => string>> = {
  rss: toRss,
  atom: toAtom,
  json: toJsonFeed,
};

const what: Readonly<Record<FeedItems, string>> = {
  article: 'merged: each article once.',
  story: 'merged: each story once, updated when an outlet adds something.',
  change: 'as it changed after it was published.',
  correction: 'corrected by its publishers after it was published.',
};
const titles: Readonly<Record<FeedItems, string>> = {
  article: '',
  story: '',
  change: ' (changes)',
  correction: ' (corrections)',
};

/** The text of a feed. The same request gives the same text: nothing in it depends on the clock. */
export function writeFeed(request: FeedRequest): string {
  const { base, filter, format, form, kind, about, archive } = request;
  const subject = `News ${about === undefined ? 'of all sources' : `on ${about}`}`;
  return writers[format]({
    title: `${request.title}${about === undefined ? '' : `: ${about}`}${titles[kind]}${form.day ? `, ${form.day}` : ''}`,
    description: `${subject}, ${what[kind]}`,
    homeUrl: `${base}${pageAddress(filter)}`,
    selfUrl: request.self,
    hubUrl: request.hub,
    updated: request.changedAt.toISOString(),
    language: filter.lang,
    archive,
    items: request.items,
  });
}
