import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCrawler } from '../../../src/app/open-crawler.ts';
import type { Crawler } from '../../../src/crawl/run/crawl-source.ts';
import type { Classification, CrawledArticle } from '../../../src/domain/article.ts';
import { type Ingest, openIngest } from '../../../src/ingest/batch.ts';
import { ingestStore } from '../../../src/store/ingest.ts';
import { crawlSettings } from '../../support/crawling.ts';
import { openTestStore, type TestStore } from '../../support/postgres.ts';
import { sourceWith } from '../../support/source.ts';
import { type Handler, type LocalServer, startServer } from '../local-server.ts';

/** How a list looks in one round. */
interface Round {
  readonly fresh: number;
  readonly order: 'newest first' | 'oldest first' | 'by title';
  readonly updated: 'of the request' | 'of the build' | 'none';
  readonly guids: 'kept' | 'new each time' | 'none';
  readonly links: 'plain' | 'tracked' | 'relative' | 'with fragment';
  readonly answer: 'well' | 'cut' | 'fails' | 'empty';
  /** Its newest three items alone. */
  readonly short: boolean;
  /** Story that gets another address; its old one leads there. */
  readonly renamed: number;
  /** Story that is taken down. */
  readonly removed: number;
  readonly minutes: number;
}

const round: fc.Arbitrary<Round> = fc.record({
  fresh: fc.nat(2),
  order: fc.constantFrom('newest first', 'oldest first', 'by title'),
  updated: fc.constantFrom('of the request', 'of the build', 'none'),
  guids: fc.constantFrom('kept', 'new each time', 'none'),
  links: fc.constantFrom('plain', 'tracked', 'relative', 'with fragment'),
  answer: fc.constantFrom('well', 'well', 'well', 'cut', 'fails', 'empty'),
  short: fc.boolean(),
  renamed: fc.nat(40),
  removed: fc.nat(40),
  minutes: fc.constantFrom(5, 20, 70, 400),
});

interface Story {
  readonly number: number;
  readonly title: string;
  readonly text: readonly string[];
  readonly published: Date;
  readonly paths: string[];
  removed?: 'gone' | 'front page';
  removedAt?: number;
}

const places = [
  'Korvala',
  'Brenik',
  'Tolmerre',
  'Oshava',
  'Dunsted',
  'Pelimar',
  'Vrana',
  'Hallem',
  'Sitwick',
  'Moreno',
];
const matters = [
  'harbour',
  'hospital',
  'tramway',
  'library',
  'vineyard',
  'bakery',
  'reservoir',
  'theatre',
  'quarry',
  'stadium',
];
const deeds = [
  'reopens',
  'floods',
  'is sold',
  'wins an award',
  'dismisses its director',
  'doubles its fees',
  'burns down',
  'moves uphill',
  'hires forty people',
  'closes early',
];
const people = [
  'Ilse Varga',
  'Teodor Lind',
  'Mara Okoye',
  'Jon Petrić',
  'Ana Suárez',
  'Bilal Haddad',
  'Greta Moss',
  'Ruben Kay',
  'Lea Fontaine',
  'Oskar Bruun',
];

/** A story that shares no sentence and no headline with another: numbers below 1000 differ in at least one of place, matter and deed. */
function storyOf(number: number, published: Date): Story {
  const [place, matter, deed] = [
    places[number % 10],
    matters[Math.floor(number / 10) % 10],
    deeds[(number * 7 + 3) % 10],
  ];
  const [first, second] = [people[(number * 3) % 10], people[(number * 3 + 5) % 10]];
  const text = [
    `The ${matter} of ${place} ${deed}, ${first} told the council on day ${number + 11} of the inquiry, and nobody there had expected as much.`,
    `Some ${((number * 37) % 900) + 41} neighbours signed what ${second} wrote about the ${matter}; ${place} had last seen such a crowd in ${1901 + number}.`,
    `Repairs or not, ${first} said, the bill comes to ${number * 13 + 17} thousand crowns, and ${place} pays it from what the ${matter} earned itself.`,
    `At the end ${second} counted ${number * 5 + 9} votes for and ${number * 3 + 4} against, and went home along the river without another word.`,
  ];
  return {
    number,
    title: `${place}'s ${matter} ${deed}`,
    text,
    published,
    paths: [`/news/${number}-${matter}-${place?.toLowerCase()}`],
  };
}

/** A paper whose clock and lists change from round to round. */
class Press {
  readonly stories: Story[] = [];
  /** Of each story, when its pages were asked for (ms of the press's clock). */
  readonly asked = new Map<number, number[]>();
  now = new Date('2026-03-02T08:00:00Z');
  #round: Round | undefined;
  #lists = 0;

  begin(round: Round): void {
    this.#round = round;
    this.now = new Date(this.now.getTime() + round.minutes * 60_000);
    for (let count = 0; count < round.fresh; count++)
      this.stories.push(storyOf(this.stories.length, new Date(this.now.getTime() - (count + 1) * 60_000)));
    const renamed = this.stories[round.renamed];
    if (renamed && !renamed.removed) renamed.paths.push(`/news/${renamed.number}-take-${renamed.paths.length}`);
    const removed = this.stories[round.removed];
    if (removed && !removed.removed) {
      removed.removed = removed.number % 2 === 0 ? 'gone' : 'front page';
      removed.removedAt = this.now.getTime();
    }
  }

  readonly answer: Handler = (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://press.example');
    if (pathname === '/feed.xml') return this.#list(request, response);
    if (pathname === '/') return response.writeHead(200, { 'content-type': 'text/html' }).end(this.#front());
    const story = this.stories.find(({ paths }) => paths.includes(pathname));
    if (!story) return response.writeHead(404).end();
    if (story.removed === 'gone') return response.writeHead(410).end();
    if (story.removed === 'front page') return response.writeHead(302, { location: '/' }).end();
    const current = story.paths.at(-1);
    if (pathname !== current) return response.writeHead(301, { location: current }).end();
    this.asked.set(story.number, [...(this.asked.get(story.number) ?? []), this.now.getTime()]);
    return response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(
      `<html lang="en"><head><title>${story.title} - The Press</title></head><body><nav><a href="/">Home</a></nav><article><h1>${story.title}</h1>
      <time datetime="${story.published.toISOString()}">today</time>${story.text.map((line) => `<p>${line}</p>`).join('')}</article></body></html>`,
    );
  };

  readonly #list: Handler = (request, response) => {
    const { answer, order, short, updated, guids, links } = this.#round as Round;
    if (answer === 'fails') return response.writeHead(404).end('<h1>Gone</h1>');
    const listed = this.stories.filter(({ removed }) => !removed).toReversed();
    if (order === 'oldest first') listed.reverse();
    if (order === 'by title') listed.sort((a, b) => (a.title < b.title ? -1 : 1));
    const items = (answer === 'empty' ? [] : short ? listed.slice(0, 3) : listed).map((story) => {
      const path = story.paths.at(-1);
      const origin = `http://${request.headers.host}`;
      const link = {
        plain: `${origin}${path}`,
        tracked: `${origin}${path}?utm_source=feed&amp;utm_campaign=${++this.#lists}`,
        relative: path,
        'with fragment': `${origin}${path}#comments`,
      }[links];
      const guid = { kept: `press-${story.number}`, 'new each time': `press-${++this.#lists}`, none: '' }[guids];
      const times = {
        'of the request': this.now,
        'of the build': new Date(this.now.getTime() - 4 * 60_000),
        none: undefined,
      };
      // An entry that stands alone is taken at its word.
      const time = answer === 'cut' || listed.length < 3 ? undefined : times[updated];
      return `<item><title>${story.title}</title><link>${link}</link>${guid && `<guid isPermaLink="false">${guid}</guid>`}
        <pubDate>${story.published.toUTCString()}</pubDate>${time ? `<atom:updated>${time.toISOString()}</atom:updated>` : ''}</item>`;
    });
    const feed = `<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>The Press</title><link>http://${request.headers.host}/</link>${items.join('')}</channel></rss>`;
    return response
      .writeHead(200, { 'content-type': 'application/rss+xml' })
      .end(answer === 'cut' ? feed.slice(0, feed.length * 0.6) : feed);
  };

  #front(): string {
    const teasers = this.stories.map(
      ({ title, paths, text }) => `<li><a href="${paths.at(-1)}">${title}</a><p>${text[0]}</p></li>`,
    );
    return `<html lang="en"><head><title>The Press</title></head><body><h1>The Press</h1><ul>${teasers.join('')}</ul></body></html>`;
  }
}

let store: TestStore;
let crawler: Crawler;
let ingest: Ingest;
let press: Press;
const jobs: CrawledArticle[] = [];

beforeAll(async () => {
  store = await openTestStore();
  const emit = async (job: CrawledArticle) => void jobs.push(job);
  ingest = openIngest(ingestStore(store));
  crawler = openCrawler({ db: store.db, settings: crawlSettings, emit, now: () => press.now });
});
afterAll(async () => {
  await crawler.close();
  await ingest.close();
  await store[Symbol.asyncDispose]();
});

const unlabelled: Classification = { lang: 'en', countries: [], mentioned: [], regions: [], topics: [] };

let runs = 0;
async function play(rounds: readonly Round[]): Promise<{ source: string; server: LocalServer }> {
  // The papers of all runs tell the same stories.
  await store.pool.query('truncate articles, links, events cascade');
  press = new Press();
  const server = await startServer((request, response) => press.answer(request, response));
  const id = `press-${++runs}`;
  const source = sourceWith({ id, home: `${server.origin}/`, feeds: [`${server.origin}/feed.xml`] });
  for (const round of rounds) {
    press.begin(round);
    await crawler.crawl(source, new AbortController().signal);
    await Promise.all(
      jobs
        .splice(0)
        .map((job) => ingest.add({ ...job, source: { id }, classification: unlabelled, now: press.now.toISOString() })),
    );
  }
  return { source: id, server };
}

/** `SEQUENCES=200` plays as many, and shrinks what fails. */
const sequences = Number(process.env.SEQUENCES ?? 3);

/** Lists all that there is, well: what was missed before is found now. */
const whole: Round = {
  fresh: 0,
  order: 'newest first',
  updated: 'none',
  guids: 'kept',
  links: 'plain',
  answer: 'well',
  short: false,
  renamed: 99,
  removed: 99,
  minutes: 5,
};

describe('whatever a paper does with its lists', () => {
  it(
    'each story is one article, asked for at its times, told once, withdrawn when it is taken down',
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(round, { minLength: 2, maxLength: 7 }), async (rounds) => {
          const { source, server } = await play([
            { ...whole, fresh: 3 },
            ...rounds,
            whole,
            { ...whole, minutes: 8 * 60 },
            { ...whole, minutes: 90 * 60 },
            { ...whole, minutes: 8 * 60 },
          ]);
          await server[Symbol.asyncDispose]();
          const articles = await store.db
            .selectFrom('articles')
            .select(['id', 'title', 'text', 'withdrawn_at'])
            .where('source', '=', source)
            .execute();
          for (const story of press.stories) {
            const own = articles.filter(({ text }) => text.includes(story.text[0] as string));
            const asked = press.asked.get(story.number) ?? [];
            // What was taken down before it was ever read is not news.
            expect(
              own.map(({ title }) => title),
              `story ${story.number}`,
            ).toEqual(asked.length > 0 ? [story.title] : []);
            expect(
              own.every((one) => one.withdrawn_at !== null),
              `story ${story.number} is ${story.removed}`,
            ).toBe(own.length === 0 || story.removed !== undefined);
            const pauses = asked.slice(1).map((at, index) => (at - (asked[index] as number)) / 60_000);
            expect(
              pauses.filter((minutes) => minutes < 60).length,
              `story ${story.number} at ${story.paths}`,
            ).toBeLessThanOrEqual(story.paths.length - 1);
          }
          expect(articles).toHaveLength(press.stories.filter(({ number }) => press.asked.has(number)).length);
          const events = await store.db
            .selectFrom('events')
            .select(['kind', 'article'])
            .where(
              'article',
              'in',
              articles.map(({ id }) => id),
            )
            .orderBy('id')
            .execute();
          for (const { id, withdrawn_at } of articles)
            expect(events.filter(({ article }) => article === id).map(({ kind }) => kind)).toEqual([
              'published',
              ...(withdrawn_at ? ['withdrawn'] : []),
            ]);
        }),
        { numRuns: sequences },
      );
    },
    60_000 + 20_000 * sequences,
  );
});
