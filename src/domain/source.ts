import { load } from 'cheerio';
import { CronExpressionParser } from 'cron-parser';
import { z } from 'zod';
import { addressPattern } from './address-pattern.ts';

const address = z.url({
  protocol: /^https?$/,
  error: 'an http(s) address is expected, such as https://site.example/feed.xml',
});

const pattern = z.string().superRefine((text, context) => {
  try {
    addressPattern(text);
  } catch (error) {
    const reason = (error as Error).message.replace(/^error parsing regexp: /, '');
    const cure = text.includes('(?') ? '; for all but some, use `exclude`' : '';
    context.addIssue({ code: 'custom', message: `a regular expression (RE2) is expected: ${reason}${cure}` });
  }
});

const cron = z.string().refine(
  (text) => {
    try {
      CronExpressionParser.parse(text);
      return true;
    } catch {
      return false;
    }
  },
  { error: "'adaptive' or a cron expression is expected, such as '*/15 * * * *' (UTC)" },
);

const page = load('<p></p>');
const selector = z.string().refine(
  (text) => {
    try {
      page(text);
      return true;
    } catch {
      return false;
    }
  },
  { error: 'a CSS selector is expected, such as .article-body' },
);

const countries = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** What one answer may cost where nothing else is said. */
export const answerLimits = { maxBytes: 10 * 1024 * 1024, maxRedirects: 10, maxSeconds: 30 } as const;

const limits = z
  .strictObject({
    articlesPerCrawl: z
      .int()
      .min(1)
      .max(10_000)
      .default(100)
      .describe('Articles fetched in one crawl at most; the rest waits for the next.'),
    maxBytes: z.int().min(10_000).default(answerLimits.maxBytes).describe('Bytes of a page, decompressed.'),
    maxRedirects: z
      .int()
      .min(0)
      .max(50)
      .default(answerLimits.maxRedirects)
      .describe('Redirects followed for one answer.'),
    maxSeconds: z
      .number()
      .min(1)
      .max(80)
      .default(answerLimits.maxSeconds)
      .describe('Time for one answer, redirects included, waiting in line not.'),
    pagesPerSection: z
      .int()
      .min(1)
      .max(50)
      .default(3)
      .describe('Pages of a section read one after the other, as long as most of what they list is new.'),
    maxAgeDays: z.number().positive().optional().describe('Older articles are rejected as too-old.'),
  })
  .prefault({});

/** What one entry of the catalogue may say. */
export const sourceSchema = z.strictObject({
  id: z
    .string({ error: "an id of lower-case letters, digits and '-' is expected" })
    .regex(/^[a-z0-9][a-z0-9-]{0,62}$/, { error: "an id of lower-case letters, digits and '-' is expected" })
    .describe('Short name in addresses and logs; never changed.'),
  name: z
    .string({ error: 'the name of the outlet is expected' })
    .min(1, { error: 'the name of the outlet is expected' })
    .describe('Name that readers see.'),
  home: address.describe('Front page.'),
  feeds: z.array(address).default([]).describe('RSS, Atom or JSON feeds.'),
  sitemaps: z.array(address).default([]).describe('News sitemaps or sitemap indexes.'),
  sections: z
    .array(address)
    .default([])
    .describe('Front and section pages whose headline lists are read where there is no feed.'),
  lang: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$/, { error: 'a language tag is expected, such as sr or pt-BR' })
    .optional()
    .describe('Language of the articles.'),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, { error: 'an ISO 3166-1 code in capitals is expected, such as RS' })
    .refine((code) => !/^[A-Z]{2}$/.test(code) || countries.of(code) !== undefined, {
      error: 'an ISO 3166-1 code in capitals is expected, such as RS',
    })
    .optional()
    .describe('Country that the source reports from; a labelled default where a text names none.'),
  labelWeight: z
    .number()
    .min(0)
    .max(1)
    .default(1)
    .describe(
      "How far the publisher's own sections and tags are believed when topics are told: 0 not at all, 1 fully.",
    ),
  schedule: z
    .union([z.literal('adaptive'), cron])
    .default('adaptive')
    .describe('When it is crawled: adaptive, or a cron expression in UTC.'),
  content: z
    .enum(['full', 'summary'])
    .default('summary')
    .describe('What the public feeds carry; full only where the publisher allows it.'),
  take: z
    .enum(['articles', 'headlines'], { error: "'articles' or 'headlines' is expected" })
    .default('articles')
    .describe(
      'What is taken: articles, or headlines alone, with a link to the outlet; article pages are not requested then.',
    ),
  include: z
    .array(pattern)
    .default([])
    .describe('Regular expressions (RE2: no lookaround); with any, only addresses that match one are fetched.'),
  exclude: z
    .array(pattern)
    .default([])
    .describe('Regular expressions (RE2); addresses that match one are not fetched.'),
  keep: z
    .array(selector)
    .default([])
    .describe('CSS selectors of what belongs to the article although it looks like boilerplate.'),
  remove: z.array(selector).default([]).describe('CSS selectors of what never belongs to the article.'),
  headers: z.record(z.string(), z.string()).default({}).describe('Further request headers.'),
  proxy: z.url().optional().describe('Proxy for this source alone.'),
  render: z.enum(['http', 'browser']).default('http').describe('How pages are fetched.'),
  rate: z.number().positive().max(100).optional().describe('Requests a second; the setting RATE when not set.'),
  limits,
});

/** A source with every default filled in. */
export type Source = z.infer<typeof sourceSchema>;
