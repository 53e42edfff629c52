import type { Printed } from './edition.ts';
import { html, plain } from './html.ts';
import type { Outlet } from './outlet.ts';

/** One entry of a feed or sitemap. */
export interface Item {
  readonly url: string;
  readonly title: string;
  readonly summary: string;
  readonly authors: readonly string[];
  readonly tags: readonly string[];
  readonly published: Date;
  readonly modified: Date;
}

/** What an outlet's feed or sitemap lists: its pieces, newest first, then its odd links. */
export function itemsOf(outlet: Outlet, origin: string, printed: readonly Printed[]): Item[] {
  const pieces = printed.map(({ page, path, lines }) => ({
    url: origin + withQuery(path, outlet.tracking),
    title: page.title,
    summary: lines.find((line) => line.length > 80) ?? '',
    authors: page.authors,
    tags: page.tags,
    published: page.published,
    modified: page.modified,
  }));
  const oldest = pieces.at(-1);
  if (!oldest) return [];
  const odd = outlet.oddLinks.map((link) => ({
    ...oldest,
    url: origin + ('same' in link ? pathOfSlug(outlet, link.same) : '') + link.path,
    title: link.title,
    summary: '',
    authors: [],
    tags: [],
  }));
  return [...pieces, ...odd];
}

export function pathOfSlug(outlet: Outlet, slug: string): string {
  const piece = outlet.pieces.find((candidate) => candidate.slug === slug);
  if (!piece) throw new Error(`${outlet.name} has no piece '${slug}'`);
  return outlet.pathOf(piece);
}

const withQuery = (path: string, query: string | undefined): string =>
  query === undefined ? path : `${path}${path.includes('?') ? '&' : '?'}${query}`;

/** The feed or news sitemap of an outlet as text. */
export function listText(outlet: Outlet, origin: string, items: readonly Item[]): string {
  switch (outlet.list) {
    case 'rss':
      return rss(outlet, origin, items).text;
    case 'atom':
      return atom(outlet, origin, items).text;
    case 'json':
      return json(outlet, origin, items);
    case 'sitemap':
      return newsSitemap(outlet, items).text;
    default:
      return outlet.list satisfies never;
  }
}

const newest = (items: readonly Item[]): Date => new Date(Math.max(0, ...items.map((item) => item.modified.getTime())));

const rss = (outlet: Outlet, origin: string, items: readonly Item[]) => html`<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom">
<channel>
<title>${outlet.name}</title>
<link>${origin}/</link>
<description>${outlet.tagline}</description>
<language>${outlet.lang}</language>
<lastBuildDate>${newest(items).toUTCString()}</lastBuildDate>
<atom:link href="${origin}${outlet.listPath}" rel="self" type="application/rss+xml"/>
${items.map(
  (item) => html`<item>
<title>${item.title}</title>
<link>${item.url}</link>
<guid isPermaLink="true">${item.url}</guid>
<pubDate>${item.published.toUTCString()}</pubDate>
${item.modified > item.published && html`<atom:updated>${item.modified.toISOString()}</atom:updated>`}
${item.authors.map((author) => html`<dc:creator>${author}</dc:creator>\n`)}${item.tags.map((tag) => html`<category>${tag}</category>\n`)}
<description>${html`<p>${plain(item.summary)} <a href="${item.url}">Read on</a></p>`.text}</description>
</item>
`,
)}</channel>
</rss>
`;

const atom = (outlet: Outlet, origin: string, items: readonly Item[]) => html`<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${outlet.lang}">
<title>${outlet.name}</title>
<subtitle>${outlet.tagline}</subtitle>
<id>${origin}/</id>
<link href="${origin}/"/>
<link rel="self" href="${origin}${outlet.listPath}"/>
<updated>${newest(items).toISOString()}</updated>
${items.map(
  (item) => html`<entry>
<title>${item.title}</title>
<link href="${item.url}"/>
<id>${item.url}</id>
<published>${item.published.toISOString()}</published>
<updated>${item.modified.toISOString()}</updated>
${(item.authors.length > 0 ? item.authors : [outlet.name]).map((author) => html`<author><name>${author}</name></author>\n`)}${item.tags.map((tag) => html`<category term="${tag}"/>\n`)}<summary>${plain(item.summary)}</summary>
</entry>
`,
)}</feed>
`;

const json = (outlet: Outlet, origin: string, items: readonly Item[]) =>
  JSON.stringify(
    {
      version: 'https://jsonfeed.org/version/1.1',
      title: outlet.name,
      home_page_url: `${origin}/`,
      feed_url: origin + outlet.listPath,
      language: outlet.lang,
      items: items.map((item) => ({
        id: item.url,
        url: item.url,
        title: item.title,
        content_text: plain(item.summary),
        date_published: item.published.toISOString(),
        date_modified: item.modified.toISOString(),
        authors: item.authors.map((name) => ({ name })),
        tags: item.tags,
      })),
    },
    undefined,
    1,
  );

const newsSitemap = (outlet: Outlet, items: readonly Item[]) => html`<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
${items.map(
  (item) => html`<url>
<loc>${item.url}</loc>
<lastmod>${item.modified.toISOString()}</lastmod>
<news:news>
<news:publication><news:name>${outlet.name}</news:name><news:language>${outlet.lang}</news:language></news:publication>
<news:publication_date>${item.published.toISOString()}</news:publication_date>
<news:title>${item.title}</news:title>
</news:news>
</url>
`,
)}</urlset>
`;
