/**
 * A press of any size for `bench:wire`: many hosts behind one loopback port, reached as an HTTP proxy like the example
 * press, with generated articles in the example press's five templates, blown up to the weight of real pages.
 *
 * `node test/bench/generated-press.ts --hosts 120 --articles 20 --seed 1` opens one in a process of its own, prints
 * `{"port":…,"proxy":…,"sources":[…],"articles":…,"copies":…}` as one line, and runs until it is told to stop.
 */
import { parseArgs } from 'node:util';
import { type Answer, openHostServer } from '../../src/demo/host-server.ts';
import { html } from '../../src/demo/html.ts';
import type { ArticlePage, Headline } from '../../src/demo/outlet.ts';
import { outlets } from '../../src/demo/outlets.ts';
import type { PressSource } from '../../src/demo/press.ts';
import { type GeneratedText, generateText, randomFrom } from './generated-text.ts';

export interface GeneratedPressOptions {
  readonly hosts: number;
  readonly articlesPerHost: number;
  /** The same seed gives the same press. */
  readonly seed: number;
  /** Default 0: any free port. */
  readonly port?: number;
  /** Three of five articles belong to stories of 5 to 40 that many hosts tell; by default each tells its own. */
  readonly stories?: boolean;
  /** The articles are spread over the day before. Default: now. */
  readonly now?: Date;
}

export interface GeneratedPress extends AsyncDisposable {
  readonly port: number;
  /** Address of the HTTP proxy through which a crawler reaches the hosts. */
  readonly proxy: string;
  readonly sources: readonly PressSource[];
  /** All articles, copies among them. */
  readonly articles: number;
  /** How many of them are wire copies with edits of another host's article. */
  readonly copies: number;
  /** What stands at an article's address: its title and lines, and the address of what it is a copy of. */
  readonly truth: (url: string) => GeneratedTruth | undefined;
  readonly close: () => Promise<void>;
}

export interface GeneratedTruth {
  readonly title: string;
  readonly paragraphs: readonly string[];
  readonly copyOf: string | undefined;
}

/** Draws that fall on another copy or on the own host give an original, so this is a little more than the tenth that comes out. */
const copyShare = 0.12;

/** Opens a generated press on 127.0.0.1. Pages are made when they are asked for; only titles are kept. */
export async function openGeneratedPress(options: GeneratedPressOptions): Promise<GeneratedPress> {
  const { hosts, articlesPerHost, seed } = options;
  const now = options.now ?? new Date();
  const total = hosts * articlesPerHost;
  const hostName = (host: number): string => `paper-${String(host + 1).padStart(3, '0')}.example`;
  const urlOf = (index: number): string => `http://${hostName(index % hosts)}/news/${index}`;

  /** Which article this one is a copy of: an original of another host, or undefined. */
  const original = (index: number): number | undefined => {
    const random = randomFrom(seed * 31 + index);
    if (index < hosts || random() >= copyShare) return undefined;
    const other = Math.floor(random() * index);
    return other % hosts === index % hosts || original(other) !== undefined ? undefined : other;
  };

  const events = options.stories ? storyOf(total, randomFrom(seed)) : [];
  const generated = (index: number): GeneratedText => {
    const event = events[index];
    return generateText(
      seed * 1_000_003 + index,
      event === undefined ? undefined : 500_000_009 + seed * 1_000_003 + event,
    );
  };
  const textOf = (index: number): GeneratedText => {
    const source = original(index);
    const own = generated(index);
    if (source === undefined) return own;
    const { paragraphs, section } = generated(source);
    // The edits of a newsroom: a title and a paragraph of its own, and every third copy loses its end.
    const kept = index % 3 === 0 ? paragraphs.slice(0, Math.ceil(paragraphs.length * 0.7)) : paragraphs;
    return { ...own, section, paragraphs: [...kept, ...own.paragraphs.slice(0, 1)] };
  };

  const titles = new Map<number, string>();
  const titleOf = (index: number): string => {
    const title = titles.get(index) ?? textOf(index).title;
    titles.set(index, title);
    return title;
  };

  const published = (index: number): Date =>
    new Date(Math.floor(now.getTime() / 60_000) * 60_000 - (total - index) * Math.floor(86_400_000 / total));

  const indexesOf = (host: number): number[] =>
    Array.from({ length: articlesPerHost }, (_, round) => (articlesPerHost - 1 - round) * hosts + host);

  function page(index: number): Answer {
    const host = index % hosts;
    const text = textOf(index);
    const template = (outlets[host % outlets.length] ?? outlets[0])?.template;
    if (!template) throw new Error('The example press has no outlet');
    const origin = `http://${hostName(host)}`;
    const headline = (other: number): Headline => ({ title: titleOf(other), url: urlOf(other) });
    const at = published(index);
    const article: Omit<ArticlePage, 'blocks' | 'boilerplate'> = {
      site: {
        name: `Outlet ${host + 1}`,
        tagline: 'Generated news',
        origin,
        lang: 'en',
        timeZone: 'Europe/Belgrade',
        nav: ['News', 'Economy', 'Culture', 'Sport'],
        feed: { url: `${origin}/rss.xml`, type: 'application/rss+xml' },
      },
      url: urlOf(index),
      title: text.title,
      standfirst: undefined,
      section: text.section,
      tags: [text.section],
      authors: [text.author],
      published: at,
      modified: at,
      live: false,
      picture: '/media/town.jpg',
    };
    const others = indexesOf(host).filter((other) => other !== index);
    const headlines = { own: others.slice(0, 6).map(headline), wire: others.slice(0, 12).map(headline) };
    const markup = template.article({
      ...article,
      blocks: text.paragraphs.map((paragraph) => ({ kind: 'paragraph', text: paragraph })),
      boilerplate: template.carries(article, headlines, ''),
    });
    const weight = 40_000 + randomFrom(seed + index)() * 75_000;
    return {
      status: 200,
      type: 'text/html',
      body: markup.text.replace('</body>', () => `${ballast(weight - markup.text.length)}</body>`),
      modified: at,
      validators: 'both',
    };
  }

  function feed(host: number): Answer {
    const items = indexesOf(host).map((index) => {
      const { title, paragraphs, author } = textOf(index);
      const url = urlOf(index);
      return html`<item><title>${title}</title><link>${url}</link><guid>${url}</guid><pubDate>${published(index).toUTCString()}</pubDate><dc:creator>${author}</dc:creator><description>${paragraphs[0]}</description></item>\n`;
    });
    const body = html`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Outlet ${host + 1}</title><link>http://${hostName(host)}/</link><description>Generated news</description><language>en</language>
${items}</channel></rss>
`;
    return { status: 200, type: 'application/rss+xml', body: body.text, modified: now, validators: 'both' };
  }

  const hostOf = (hostname: string): number | undefined => {
    const host = Number(/^paper-(?<number>\d+)\.example$/.exec(hostname)?.groups?.number) - 1;
    return host >= 0 && host < hosts ? host : undefined;
  };

  const server = await openHostServer({
    port: options.port ?? 0,
    knows: (hostname) => hostOf(hostname) !== undefined,
    answer(url) {
      const host = hostOf(url.hostname);
      if (host === undefined) return { status: 502, type: 'text/plain', body: `No host ${url.hostname}.\n` };
      if (url.pathname === '/rss.xml') return feed(host);
      if (url.pathname === '/robots.txt')
        return { status: 200, type: 'text/plain', body: 'User-agent: *\nDisallow: /private/\n' };
      const index = Number(/^\/news\/(?<index>\d+)$/.exec(url.pathname)?.groups?.index ?? Number.NaN);
      if (index < total && index % hosts === host) return page(index);
      return { status: 404, type: 'text/plain', body: 'No such page.\n' };
    },
  });

  return {
    port: server.port,
    proxy: `http://127.0.0.1:${server.port}`,
    sources: Array.from({ length: hosts }, (_, host) => ({
      id: `paper-${host + 1}`,
      name: `Outlet ${host + 1}`,
      home: `http://${hostName(host)}/`,
      feeds: [`http://${hostName(host)}/rss.xml`],
      sitemaps: [],
      sections: [],
      lang: 'en',
      country: 'RS',
    })),
    articles: total,
    copies: Array.from({ length: total }, (_, index) => original(index)).filter((each) => each !== undefined).length,
    truth(url) {
      const index = Number(/\/news\/(?<index>\d+)$/.exec(url)?.groups?.index ?? Number.NaN);
      if (!(index < total) || urlOf(index) !== url) return undefined;
      const { title, paragraphs } = textOf(index);
      const source = original(index);
      return { title, paragraphs, copyOf: source === undefined ? undefined : urlOf(source) };
    },
    close: server.close,
    [Symbol.asyncDispose]: server.close,
  };
}

/** Which story an article tells, by its index: 5 to 40 neighbours, which is to say hosts, then two thirds as many articles on their own. */
function storyOf(articles: number, random: () => number): (number | undefined)[] {
  const stories: (number | undefined)[] = [];
  while (stories.length < articles) {
    const size = 5 + Math.floor(36 * random() ** 2);
    const first = stories.length;
    for (let index = 0; index < size; index++) stories.push(first);
    for (let index = 0; index < (size * 2) / 3; index++) stories.push(undefined);
  }
  return stories;
}

const menu = html`<div class="mega-menu" hidden><ul>${Array.from(
  { length: 90 },
  (_, index) =>
    html`<li class="mega-menu__item mega-menu__item--${index}"><a href="/section/${index}" data-track="menu-${index}">Section ${index}</a></li>`,
)}</ul></div><svg hidden>${Array.from(
  { length: 24 },
  (_, index) =>
    html`<symbol id="icon-${index}" viewBox="0 0 24 24"><path d="M12 ${index} l4 4 -4 ${index} -4 -4z M${index} 2 h20 v${index} h-20z"/></symbol>`,
)}</svg>`.text;

const stateRows = Array.from({ length: 2000 }, (_, index) =>
  JSON.stringify({ id: index, kind: 'teaser', slot: index % 17, seen: false, weight: 1 }),
);
const stateRowBytes = 63;

/** What makes real pages heavy: a mega-menu, icons and the state of a script, about `bytes` in all. */
function ballast(bytes: number): string {
  const rows = stateRows.slice(0, Math.max(0, Math.floor((bytes - menu.length) / stateRowBytes)));
  return `${menu}<script>window.__STATE__=[${rows.join(',')}]</script>`;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      hosts: { type: 'string', default: '120' },
      articles: { type: 'string', default: '20' },
      seed: { type: 'string', default: '1' },
      port: { type: 'string', default: '0' },
    },
  });
  const press = await openGeneratedPress({
    hosts: Number(values.hosts),
    articlesPerHost: Number(values.articles),
    seed: Number(values.seed),
    port: Number(values.port),
  });
  const { port, proxy, sources, articles, copies } = press;
  console.log(JSON.stringify({ port, proxy, sources, articles, copies }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void press.close());
}
