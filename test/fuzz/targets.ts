import { FeedError, readFeed } from '../../feeds/read/feed.ts';
import { readOpml } from '../../feeds/read/opml.ts';
import { readSitemap } from '../../feeds/read/sitemap.ts';
import { feedHtml } from '../../feeds/write/feed-html.ts';
import { CatalogueError, readCatalogue } from '../../src/catalogue/catalogue.ts';
import { addSources, removeSource } from '../../src/catalogue/edit-catalogue.ts';
import { metaRefresh } from '../../src/crawl/fetch/meta-refresh.ts';
import { parseRobots, rulesFor } from '../../src/crawl/fetch/robots.ts';
import { collectNextPage } from '../../src/crawl/listings/next-page.ts';
import { readPageHead } from '../../src/crawl/listings/page-head.ts';
import { readPage } from '../../src/crawl/listings/read-page.ts';
import { headlineLinks } from '../../src/crawl/listings/section-page.ts';
import { extractArticle } from '../../src/extract/extract.ts';
import { resolveAddress } from '../../src/text/address.ts';
import { canonicalUrl } from '../../src/text/canonical-url.ts';
import { decodeBytes } from '../../src/text/charset.ts';
import { findDate } from '../../src/text/dates/find-date.ts';
import { readDate } from '../../src/text/dates/read-date.ts';
import { publicUrl } from '../../src/text/public-url.ts';
import { readAddress, UnknownFilterError } from '../../src/web/filter.ts';
import * as seeds from './seeds.ts';

/** What is fuzzed: sound inputs, and what is done with a mutated one. It throws when a promise is broken. */
export interface Target {
  readonly seeds: readonly string[];
  run(input: string): unknown;
}

/** An input may be refused by the error that says so; any other error is a finding. */
async function refusing(refusals: readonly (new (...args: never[]) => Error)[], run: () => unknown): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!refusals.some((refusal) => error instanceof refusal)) throw error;
  }
}

function expect(holds: boolean, promise: string): void {
  if (!holds) throw new Error(`broken promise: ${promise}`);
}

const url = 'https://paper.example/feeds/all.xml';

export const targets: Readonly<Record<string, Target>> = {
  feeds: {
    seeds: seeds.feeds,
    run: (input) =>
      refusing([FeedError], async () => {
        const { items } = await readFeed(Buffer.from(input), { url });
        expect(
          items.every((item) => /^https?:/i.test(item.url)),
          'items can be followed',
        );
      }),
  },
  sitemaps: {
    seeds: [...seeds.sitemaps, ...seeds.feeds.slice(0, 2)],
    run: (input) => refusing([FeedError], () => readSitemap(Buffer.from(input), { url })),
  },
  opml: {
    seeds: seeds.opml,
    run: (input) => refusing([FeedError], () => readOpml(input)),
  },
  html: {
    seeds: seeds.pages,
    run: (input) => {
      const { article, verdict } = extractArticle({ url, html: input });
      expect(verdict.kind !== 'article' || article.title.length < 2_000, 'a title is short');
      expect(!/<script|\son\w+=|="\s*javascript:/i.test(article.html.replace(/>[^<]*/g, '>')), 'HTML is harmless');
    },
  },
  sections: {
    seeds: seeds.pages,
    run: (input) => {
      headlineLinks(input, url);
      readPageHead(input, url);
      readPage<[string | undefined]>(input, collectNextPage(url));
      metaRefresh(input, url);
    },
  },
  sanitiser: {
    seeds: seeds.pages,
    run: (input) => {
      const html = feedHtml(input, url);
      expect(
        !/<(?!\/?(?:a|abbr|b|bdi|bdo|blockquote|br|caption|cite|code|dd|del|div|dl|dt|em|figcaption|figure|h[1-6]|hr|i|img|ins|li|mark|ol|p|pre|q|s|small|span|strong|sub|sup|table|tbody|td|tfoot|th|thead|time|tr|u|ul)[\s>/])/i.test(
          html,
        ),
        'known elements only',
      );
    },
  },
  robots: {
    seeds: seeds.robots,
    run: (input) => {
      const rules = rulesFor(parseRobots(input), 'Courant/0.1');
      for (const path of ['/', '/private/a.html', `/${'a/'.repeat(500)}`]) rules.isAllowed(new URL(path, url));
    },
  },
  addresses: {
    seeds: seeds.addresses,
    run: (input) => {
      const key = canonicalUrl(input);
      expect(key === undefined || canonicalUrl(key) === key, 'a key is its own key');
      resolveAddress(input, url);
      publicUrl(url, input);
      if (URL.canParse(input)) publicUrl(input, url);
    },
  },
  dates: {
    seeds: seeds.dates,
    run: (input) => {
      const date = readDate(input);
      expect(date === undefined || !Number.isNaN(Date.parse(date)), 'a date is an instant');
      findDate(input);
    },
  },
  charsets: {
    seeds: [...seeds.feeds, ...seeds.pages],
    run: (input) => {
      const bytes = Buffer.from(input, 'utf16le');
      expect(
        typeof decodeBytes(bytes.subarray(bytes.length % 7), `text/html; charset=${input.slice(0, 12)}`) === 'string',
        'text',
      );
    },
  },
  requests: {
    seeds: seeds.requests,
    run: (input) => {
      const address = URL.parse(input, 'https://wire.example');
      const terms = Object.fromEntries(address?.searchParams ?? []);
      return refusing([UnknownFilterError, URIError], () => readAddress(address?.pathname ?? '/', terms));
    },
  },
  catalogues: {
    seeds: seeds.catalogues,
    run: (input) =>
      refusing([CatalogueError], () => {
        const sources = readCatalogue(input, 'sources.yaml');
        const added = addSources(
          input,
          sources.slice(0, 1).map((one) => ({ ...one, id: 'one-more' })),
          'sources.yaml',
        );
        removeSource(added, 'one-more', 'sources.yaml');
      }),
  },
};
