import path from 'node:path';
import { z } from 'zod';
import { readAlertLimits, readQuietHours } from './alert-limits.ts';
import { readRecipient } from './channel.ts';

const list = z
  .string()
  .default('')
  .transform((text) => text.split(/[\s,]+/).filter(Boolean));
const flag = z
  .enum(['0', '1', 'true', 'false', ''])
  .default('')
  .transform((value) => value === '1' || value === 'true');
const whole = z.coerce.number().int();

/**
 * Every setting, its environment variable, its meaning and its default, in one place. Command-line options win over variables;
 * variables win over defaults.
 */
const schema = z.object({
  DATA_DIR: z.string().default('./data').describe('Folder of the embedded PostgreSQL.'),
  DATABASE_URL: z
    .url({ protocol: /^postgres(ql)?$/ })
    .optional()
    .describe('Your own PostgreSQL. Without it one is started in DATA_DIR.'),
  REDIS_URL: z
    .url({ protocol: /^rediss?$/ })
    .optional()
    .describe('Redis for the queues. Without it they live in PostgreSQL.'),
  SOURCES: z.string().default('feeds/sources.yaml').describe('The catalogue of sources.'),
  LABELS: z.string().optional().describe('Your own topics and regions, a YAML file.'),
  TOPIC_WEIGHTS: z
    .string()
    .optional()
    .describe('Topic weights that `npm run train:from-archive` learnt from your archive, for the languages in it.'),
  HOST: z.string().default('127.0.0.1').describe('Address that the web server listens on.'),
  PORT: whole.min(0).max(65_535).default(8080).describe('Port of the web server; 0 takes a free one.'),
  PUBLIC_URL: z.url().optional().describe('Address under which subscribers reach the web server, for links in feeds.'),
  TITLE: z.string().default('Courant').describe('Name of the merged feed.'),
  OPERATOR_PASSWORD: z
    .string()
    .optional()
    .describe('Password of the operator pages (user name: operator), or its scrypt hash: `$scrypt$ln=15,r=8,p=3$…`.'),
  USER_AGENT: z
    .string()
    .regex(/^[\x20-\x7e]+$/, 'use letters, digits and signs of ASCII only: it is sent as a header')
    .optional()
    .describe('What the crawler calls itself; without it `Courant/0.1`, TITLE and the page /crawler of PUBLIC_URL.'),
  CONTACT: z
    .union([z.url({ protocol: /^https?$/ }), z.email()])
    .optional()
    .describe('How the owners of sites reach you, a mail or web address; shown at /crawler.'),
  HTTP_PROXY: z.url().optional().describe('Proxy for http:// requests of the crawler.'),
  HTTPS_PROXY: z.url().optional().describe('Proxy for https:// requests of the crawler; HTTP_PROXY when not set.'),
  ALLOW_PRIVATE: flag.describe('1 lets the crawler fetch private, loopback and link-local addresses.'),
  RATE: z.coerce.number().positive().default(1).describe('Requests a second and site (registrable domain).'),
  CRAWL_CONCURRENCY: whole.min(1).default(40).describe('Sources crawled at the same time by one process.'),
  CHROMIUM: z
    .string()
    .optional()
    .describe('Chromium for sources with `render: browser`; without it the usual places are looked at.'),
  CHROMIUM_WITHOUT_SANDBOX: flag.describe(
    '1 lets Chromium run without its own sandbox, which as root it cannot have; only in a container of its own.',
  ),
  INGEST_CONCURRENCY: whole
    .min(1)
    .default(16)
    .describe('Articles ingested at the same time by one process; they are stored together.'),
  FEED_LIMIT: whole.min(1).max(500).default(50).describe('Items of a feed.'),
  FEED_ITEMS: z
    .enum(['article', 'story'])
    .default('article')
    .describe('What the items of feeds are whose address does not say it (`?items=`): each article, or one a story.'),
  BOT_KEY: z
    .string()
    .optional()
    .describe(
      'File of a private Ed25519 key (PEM) with which requests to sites are signed (Web Bot Auth); needs a PUBLIC_URL with https.',
    ),
  HUB_URL: z
    .url()
    .optional()
    .describe('Another WebSub hub than the wire’s own, told of new items and named in the feeds; needs PUBLIC_URL.'),
  WEBHOOKS: list.pipe(z.array(z.url())).describe('Addresses that get each new or updated article as JSON (POST).'),
  WEBHOOK_SECRET: z
    .string()
    .optional()
    .describe('Secret with which webhooks are signed, in the headers of Standard Webhooks.'),
  SMTP_URL: z
    .url({ protocol: /^smtps?$/ })
    .optional()
    .describe('Mail server: `smtps://name:password@mail.example`, or `smtp://` (port 587, STARTTLS).'),
  MAIL_FROM: z
    .string()
    .default('Courant <courant@localhost>')
    .describe('Sender of mails; the mail server must let SMTP_URL send in its name.'),
  ALERTS: list
    .superRefine((words, context) => {
      // The word itself may hold a secret.
      for (const [index, word] of words.entries())
        if (!readRecipient(word))
          context.addIssue(`entry ${index + 1} is no mail address, ntfy:https://… or https://…`);
    })
    .describe(
      'Who is told when the wire is unwell: mail addresses, `ntfy:https://ntfy.sh/TOPIC`, webhooks `https://…`.',
    ),
  ALERT_LIMITS: list
    .superRefine((words, context) => {
      const limits = readAlertLimits(words);
      if (typeof limits === 'string') context.addIssue(limits);
    })
    .describe(
      'From when on it is unwell: `failing=5 disk=0`, 0 for never; the kinds stand in docs/operating/alerts.md.',
    ),
  ALERT_QUIET: z
    .string()
    .refine((text) => readQuietHours(text) !== undefined, { error: 'hours such as 22:00-07:00 are expected' })
    .optional()
    .describe('Hours in which nobody is told, by the clock of this machine (TZ): `22:00-07:00`.'),
  PRIVATE_TARGETS: flag.describe('1 lets webhooks, ntfy and the hub be in private networks or on this machine.'),
  KEEP_DAYS: whole.min(1).optional().describe('Days after which articles are forgotten; without it they stay.'),
  KEEP_ARTICLES: whole.min(1).optional().describe('How many of the newest articles are kept; without it all are.'),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/ })
    .optional()
    .describe('OpenTelemetry collector (OTLP over HTTP, `http://127.0.0.1:4318`) that gets a trace of each article.'),
  METRICS_PORT: whole
    .min(0)
    .max(65_535)
    .optional()
    .describe(
      'Port on which a process without the web server tells its own figures, at /metrics; without it, it does not.',
    ),
  EXIT_WHEN_LOST: whole
    .min(1)
    .optional()
    .describe(
      'Seconds after which a process ends with status 1 when database or queues stay away; without it, it waits.',
    ),
  PICTURES: z
    .enum(['0', '1', 'true', 'false'])
    .default('1')
    .transform((value) => value === '1' || value === 'true')
    .describe(
      '0 shows no pictures; otherwise they are fetched by the web server and kept in DATA_DIR, 500 MB at most.',
    ),
  LOG_LEVEL: z
    .enum(['trace', 'debug', 'info', 'warn', 'error', 'silent'])
    .default('info')
    .describe('How much is logged.'),
});

export type Settings = Readonly<Omit<z.infer<typeof schema>, 'USER_AGENT'> & { USER_AGENT: string }>;

/** The name of every setting, which is its environment variable too. */
export const settingNames: readonly string[] = Object.keys(schema.shape);

/** An address without the slashes at its end. */
export function withoutSlash(url: string): string {
  let end = url.length;
  while (url[end - 1] === '/') end--;
  return url.slice(0, end);
}

/** Where readers reach this wire, without a slash at the end: PUBLIC_URL, or this machine. */
export const ownAddress = ({ PUBLIC_URL, PORT }: Pick<Settings, 'PUBLIC_URL' | 'PORT'>): string =>
  PUBLIC_URL === undefined ? `http://localhost:${PORT}` : withoutSlash(PUBLIC_URL);

/** A setting that cannot be used; the message names each with what was expected. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}

/**
 * Reads the settings from environment variables.
 * @throws SettingsError naming every variable that is wrong
 */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  // An empty variable is what a compose file leaves for 'not set'.
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  // The lower-case spelling is the older habit of proxies.
  const parsed = schema.safeParse({ HTTP_PROXY: set.http_proxy, HTTPS_PROXY: set.https_proxy, ...set });
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new SettingsError(`These settings cannot be used:\n${lines.join('\n')}`);
  }
  const { USER_AGENT = ownUserAgent(parsed.data), DATA_DIR } = parsed.data;
  return Object.freeze({ ...parsed.data, USER_AGENT, DATA_DIR: path.resolve(DATA_DIR) });
}

/** Names the wire, and where its page about the crawler is; robots.txt files name the crawler by the first word. */
function ownUserAgent({ TITLE, PUBLIC_URL }: Pick<z.infer<typeof schema>, 'TITLE' | 'PUBLIC_URL'>): string {
  const name = TITLE.normalize('NFKD')
    .replace(/[^\w .-]/g, '')
    .trim();
  const page = PUBLIC_URL && `+${withoutSlash(PUBLIC_URL)}/crawler`;
  const about = [name === 'Courant' ? undefined : name, page].filter(Boolean).join('; ');
  return about === '' ? 'Courant/0.1' : `Courant/0.1 (${about})`;
}

/** Name, default and meaning of every setting, for `courant start --help` and the manual. */
export function describeSettings(): { name: string; meaning: string; default: string | undefined }[] {
  const absent = schema.parse({});
  return Object.entries(schema.shape).map(([name, field]) => {
    const value = absent[name as keyof typeof absent];
    const shown = value === undefined || value === false || typeof value === 'object' ? undefined : String(value);
    return { name, meaning: field.description ?? '', default: shown };
  });
}
