import type { ColumnType, Generated, JSONColumnType } from 'kysely';
import type { PageFetch } from '../crawl/ports.ts';
import type { Difference } from '../dedupe/difference.ts';
import type { Classification, Image, Reason } from '../domain/article.ts';
import type { Channel } from '../domain/channel.ts';
import type { Filter } from '../domain/filter.ts';
import type { Notice } from '../domain/notice.ts';
import type { Rights } from '../domain/rights.ts';
import type { RuleRhythm } from '../domain/rule.ts';
import type { HealthState, ListingAnswer } from '../domain/source-health.ts';
import type { DedupeSchema } from './dedupe-schema.ts';
import type { Listed } from './listed.ts';

/** Read as Date; written as Date or ISO string. */
type Time = ColumnType<Date, Date | string, Date | string>;
type MaybeTime = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
type DefaultTime = ColumnType<Date, Date | string | undefined, Date | string>;
type MaybeJson<T extends object> = ColumnType<T | null, string | null | undefined, string | null>;

export interface SourcesTable {
  id: string;
  /** The catalogue's entry. */
  settings: JSONColumnType<object>;
  active: Generated<boolean>;
  next_crawl_at: DefaultTime;
  last_crawl_at: MaybeTime;
  last_success_at: MaybeTime;
  /** Why it does not give; null where it does. */
  last_error: string | null;
  /** Null before the first crawl. */
  state: HealthState | null;
  state_since: MaybeTime;
  /** Crawls in a row that ended in this state. */
  state_count: Generated<number>;
  /** Since when the operator has it left alone. */
  paused_at: MaybeTime;
  /** What workers/crawl.ts remembers from crawl to crawl. */
  schedule: ColumnType<Record<string, unknown>, string | undefined, string>;
}

export interface CrawlsTable {
  id: ColumnType<string, never, never>;
  source: string;
  started_at: Time;
  took_ms: number;
  state: HealthState;
  cause: string | null;
  pages: number;
  articles: number;
  requests: number;
  bytes: ColumnType<string, number, number>;
  listings: ColumnType<ListingAnswer[], string, string>;
  rejected: MaybeJson<Partial<Record<Reason, number>>>;
}

export interface FetchesTable {
  id: ColumnType<string, never, never>;
  key: string;
  at: Time;
  took_ms: number;
  status: number | null;
  url: string;
  redirects: MaybeJson<PageFetch['redirects']>;
  headers: MaybeJson<PageFetch['headers']>;
  error: string | null;
  verdict: string | null;
  kept: number | null;
}

export interface ActionsTable {
  id: ColumnType<string, never, never>;
  at: Time;
  who: string;
  action: string;
  target: string;
  detail: string | null;
}

export interface ProcessesTable {
  id: string;
  host: string;
  pid: number;
  roles: string[];
  started_at: Time;
  seen_at: Time;
}

export interface LinksTable {
  /** Canonical URL. */
  key: string;
  /** As a listing wrote it; null where that is the key (`addressIn`, `addressOf`). */
  url: string | null;
  source: string;
  listed: JSONColumnType<Listed>;
  state: ColumnType<
    'pending' | 'queued' | 'done',
    'pending' | 'queued' | 'done' | undefined,
    'pending' | 'queued' | 'done'
  >;
  outcome: 'published' | 'updated' | 'duplicate' | 'rejected' | null;
  stage: string | null;
  reason: string | null;
  detail: string | null;
  article: string | null;
  match: string | null;
  /** Fetches that ended without an outcome. */
  tries: Generated<number>;
  first_seen_at: DefaultTime;
  changed_at: DefaultTime;
  /** When a published link should be fetched again to see whether it changed. */
  revisit_at: MaybeTime;
}

export interface ArticlesTable {
  id: string;
  /** Small number for indexes; the order of arrival. */
  seq: ColumnType<string, never, never>;
  /** Canonical URL. */
  key: string;
  text_hash: Buffer;
  url: string;
  source: string;
  story: string;
  title: string;
  byline: string[];
  agency: string | null;
  summary: string | null;
  text: string;
  html: string;
  image: MaybeJson<Image>;
  site: string | null;
  section: string | null;
  tags: string[];
  published: MaybeTime;
  modified: MaybeTime;
  first_seen_at: Time;
  updated_at: Time;
  withdrawn_at: MaybeTime;
  /** When it became news: `published`, or first seen where the page gives no time or one in the future. */
  news_at: ColumnType<Date, never, never>;
  lang: string;
  countries: string[];
  regions: string[];
  topics: string[];
  labels: JSONColumnType<Classification>;
  rights: MaybeJson<Rights>;
  paywalled: boolean;
  /** Why the text is not the whole article; null when it is. */
  stub: string | null;
  live_blog: boolean;
  opinion: boolean;
  /** What it is found by; see `search.ts`. */
  search: string;
  search_version: Generated<number>;
}

export interface RevisionsTable {
  article: string;
  replaced_at: Time;
  title: string;
  text: string;
}

export interface CopiesTable {
  key: string;
  article: string;
  url: string;
  source: string;
  title: string;
  published: MaybeTime;
  seen_at: Time;
  match: 'url' | 'exact' | 'near';
  /** Share of the known article's text that the copy holds, 0…1. */
  share: number;
  /** What the copy tells otherwise; null where it tells the same or was not compared. */
  difference: MaybeJson<Difference>;
}

export interface EventsTable {
  id: ColumnType<string, never, never>;
  at: Time;
  kind: 'published' | 'updated' | 'withdrawn';
  article: string;
  /** The writing transaction: with it a reader knows which events can no longer be preceded by others. */
  xact: ColumnType<string, never, never>;
  /** The step of its article's trace that telling is a part of, where articles are traced. */
  trace: string | null;
}
/** The events up to this one were told to the target at that time. */
export interface TellingsTable {
  target: string;
  xact: string;
  event: string;
  at: Time;
}

export interface DeliveriesTable {
  /** What is told: `hub <url>`, `webhook <url>`, `export <folder>`. */
  target: string;
  /** The last event that it was told. */
  xact: string;
  event: string;
  failures: Generated<number>;
  next_try_at: DefaultTime;
  last_error: string | null;
}

export interface SetAsideTable {
  target: string;
  event: string;
  /** What the target said of it last. */
  error: string;
  set_aside_at: Time;
  next_try_at: Time;
}

export interface HostsTable {
  /** Registrable domain, or host and port; of an origin that fails its scheme, host and port. */
  site: string;
  /** Who has the turn, until when at most. */
  holder: string | null;
  held_until: DefaultTime;
  /** When the last request ended. */
  ended_at: DefaultTime;
  /** Site or origin are to be left alone until then. */
  not_before: DefaultTime;
  /** Failed requests in a row, of an origin. */
  failures: Generated<number>;
}

export interface RobotsTable {
  origin: string;
  rules: JSONColumnType<{ text: string; validators: { etag?: string; lastModified?: string } }>;
  expires_at: Time;
}

export interface HttpCacheTable {
  /** SHA-256 of the address. */
  url_hash: Buffer;
  etag: string | null;
  last_modified: string | null;
  /** Answers 'not modified' since the last full one. */
  not_modified: number;
  seen_at: DefaultTime;
}

export interface SiteMemoryTable {
  host: string;
  memory: JSONColumnType<object>;
  changed_at: DefaultTime;
}

export interface UsersTable {
  id: Generated<string>;
  name: string;
  /** Its scrypt hash. */
  password: string;
  role: 'reader' | 'operator';
  created_at: Time;
  unread_since: Time;
  /** How pages look. */
  preferences: ColumnType<object, string | undefined, string>;
}

export interface SessionsTable {
  token_hash: Buffer;
  user_id: string;
  used_at: Time;
}

export interface SubscriptionsTable {
  id: ColumnType<string, never, never>;
  user_id: string;
  filter: JSONColumnType<Filter>;
  title: string;
  folder: string | null;
  /** The secret part of an address at which it can be read without the account. */
  secret: string | null;
}

export interface MutesTable {
  user_id: string;
  kind: 'source' | 'topic' | 'word';
  value: string;
}

export interface MarksTable {
  user_id: string;
  /** Of the article. */
  seq: string;
  /** Null: as the time of its arrival says. */
  read: boolean | null;
  starred_at: MaybeTime;
}

export interface StoreTasksTable {
  /** The command, with what it was restricted to. */
  name: string;
  /** Up to here it is done, and where it ends. */
  position: string;
  last: string;
  total: string | number;
  seen: ColumnType<string, string | number | undefined, string | number>;
  changed: ColumnType<string, string | number | undefined, string | number>;
  started_at: DefaultTime;
}

export interface MessagesTable {
  id: Generated<string>;
  /** What it tells of, and whom: a second message with the same key is not written. */
  key: string;
  channel: Channel;
  address: string;
  notice: JSONColumnType<Notice>;
  /** The reader's rule that asked for it; null for the operator's alerts. */
  rule: string | null;
  created_at: Time;
  not_before: Time;
  state: Generated<'waiting' | 'sent' | 'failed'>;
  tries: Generated<number>;
  /** Why the last try failed, or what it waits for. */
  last_error: string | null;
  ended_at: MaybeTime;
  /** What it tells of; null where it tells of no articles. */
  articles: string[] | null;
}

export interface AlertsTable {
  kind: string;
  subject: string;
  message: string;
  since: Time;
  /** When it was seen to be over; null while it is not. */
  clear_since: MaybeTime;
  told_at: MaybeTime;
}

export interface RulesTable {
  id: ColumnType<string, never, never>;
  user_id: string;
  filter: JSONColumnType<Filter>;
  title: string;
  channel: Channel;
  address: string;
  every: RuleRhythm;
  /** Of a daily digest, UTC. */
  hour: number;
  /** Opens the page that ends the rule, without an account. */
  token: string;
  /** When the owner of the mail address wanted it; null: not yet. */
  confirmed_at: MaybeTime;
  created_at: Time;
  next_at: Time;
  /** The last event that it was told. */
  xact: string;
  event: string;
}

export interface AppPasswordsTable {
  hash: Buffer;
  user_id: string;
  kind: 'fever' | 'mcp';
  created_at: Time;
}

export interface PushKeysTable {
  /** There is one row. */
  one: Generated<true>;
  public_key: string;
  private_key: string;
}

/** What was added to the number of rows of a table, or taken from it; the sum is the number. See `row-counts.ts`. */
export interface RowCountsTable {
  counted: CountedTable;
  /** How links stand; null for other rows. */
  state: 'pending' | 'queued' | 'done' | null;
  outcome: string | null;
  stage: string | null;
  reason: string | null;
  rows: string;
}
export type CountedTable = 'articles' | 'stories' | 'links';

/**
 * Every table. The file of a table's name writes it; what is one step for several tables (an article withdrawn with its event, stories
 * put together with their articles) is written by the file that is named after the step.
 */
export interface Schema extends DedupeSchema {
  sources: SourcesTable;
  crawls: CrawlsTable;
  fetches: FetchesTable;
  actions: ActionsTable;
  processes: ProcessesTable;
  links: LinksTable;
  articles: ArticlesTable;
  revisions: RevisionsTable;
  copies: CopiesTable;
  events: EventsTable;
  deliveries: DeliveriesTable;
  tellings: TellingsTable;
  set_aside: SetAsideTable;
  hosts: HostsTable;
  robots: RobotsTable;
  http_cache: HttpCacheTable;
  site_memory: SiteMemoryTable;
  users: UsersTable;
  sessions: SessionsTable;
  subscriptions: SubscriptionsTable;
  marks: MarksTable;
  store_tasks: StoreTasksTable;
  messages: MessagesTable;
  alerts: AlertsTable;
  rules: RulesTable;
  app_passwords: AppPasswordsTable;
  mutes: MutesTable;
  push_keys: PushKeysTable;
  row_counts: RowCountsTable;
}
