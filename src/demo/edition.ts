import { wireHeadlines } from './headlines.ts';
import { plain } from './html.ts';
import type { ArticlePage, Block, Headline, Line, Outlet, Piece, Site } from './outlet.ts';
import { clockTime } from './templates/dates.ts';

/** Where the world stands: the press opened at `opened` and, once it has been advanced, moved on at `advanced`. */
export interface Moment {
  readonly opened: Date;
  readonly advanced: Date | undefined;
}

/** A piece as its outlet prints it at one moment. */
export interface Printed {
  readonly piece: Piece;
  /** Path and query, without tracking parameters. */
  readonly path: string;
  readonly page: ArticlePage;
  /** The lines of the article and nothing else, as plain text, in order. */
  readonly lines: readonly string[];
}

export const feedTypes = {
  rss: 'application/rss+xml',
  atom: 'application/atom+xml',
  json: 'application/feed+json',
  sitemap: undefined,
} as const satisfies Record<Outlet['list'], string | undefined>;

export function siteOf(outlet: Outlet, origin: string): Site {
  const type = feedTypes[outlet.list];
  return {
    name: outlet.name,
    tagline: outlet.tagline,
    origin,
    lang: outlet.lang,
    timeZone: outlet.timeZone,
    nav: outlet.nav,
    feed: type && { url: origin + outlet.listPath, type },
  };
}

/** All that an outlet has published by this moment, newest first, with links that start with `origin`. */
export function printEdition(outlet: Outlet, origin: string, moment: Moment): Printed[] {
  const pieces = outlet.pieces
    .filter((piece) => piece.appears === undefined || moment.advanced)
    .map((piece) => ({ piece, published: publishedAt(piece, moment) }))
    .sort((a, b) => b.published.getTime() - a.published.getTime());
  const own = pieces.map(
    ({ piece }): Headline => ({ title: titleOf(piece, moment), url: origin + outlet.pathOf(piece) }),
  );
  const wire = wireHeadlines.map((title): Headline => ({ title, url: origin + wirePath(outlet, title) }));
  return pieces.map(({ piece, published }) => {
    const revised = moment.advanced ? piece.revised : undefined;
    const body = revised?.body ?? piece.body;
    const path = outlet.pathOf(piece);
    const article = {
      site: siteOf(outlet, origin),
      url: origin + path,
      title: titleOf(piece, moment),
      standfirst: piece.standfirst,
      section: piece.section,
      tags: piece.tags,
      authors: piece.authors,
      published,
      modified: (revised && moment.advanced) ?? published,
      live: piece.live === true,
    };
    const headlines = { own: own.filter((item) => item.url !== article.url), wire };
    const bio = piece.authors.map((author) => outlet.bios[author]).find((text) => text !== undefined) ?? '';
    const blocks = body.map((line) => blockOf(line, outlet, origin, published));
    return {
      piece,
      path,
      lines: blocks.flatMap((block) =>
        block.kind === 'paragraph' || block.kind === 'heading' ? [plain(block.text)] : [],
      ),
      page: {
        ...article,
        blocks: outlet.template.repeatsTitle ? [{ kind: 'title', text: article.title } as const, ...blocks] : blocks,
        boilerplate: outlet.template.carries(article, headlines, bio),
      },
    };
  });
}

/** Where the press keeps the short items behind a ticker: in the part of the site that robots.txt closes. */
export const wirePath = (outlet: Outlet, title: string): string =>
  `${outlet.disallow}${title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')}`;

const titleOf = (piece: Piece, moment: Moment): string => (moment.advanced && piece.revised?.title) ?? piece.title;

function publishedAt(piece: Piece, moment: Moment): Date {
  if (piece.appears !== undefined && moment.advanced) return moment.advanced;
  const minute = 60_000;
  return new Date(Math.floor((moment.opened.getTime() - piece.hoursAgo * 60 * minute) / minute) * minute);
}

function blockOf(line: Line, outlet: Outlet, origin: string, published: Date): Block {
  const { words } = outlet.template;
  if (typeof line === 'string') return { kind: 'paragraph', text: line };
  if ('heading' in line) return { kind: 'heading', text: line.heading };
  if ('entry' in line) {
    const at = new Date(published.getTime() + line.minutes * 60_000);
    return { kind: 'heading', text: `${clockTime(at, outlet.timeZone)} – ${line.entry}` };
  }
  if ('figure' in line) return { kind: 'figure', caption: line.figure, source: line.source };
  if ('read' in line) return { kind: 'read', label: words.read, link: headlineOf(line.read, outlet, origin) };
  return { kind: 'keep', heading: words.keep, links: line.keep.map((slug) => headlineOf(slug, outlet, origin)) };
}

function headlineOf(slug: string, outlet: Outlet, origin: string): Headline {
  const piece = outlet.pieces.find((candidate) => candidate.slug === slug);
  if (!piece) throw new Error(`${outlet.name} has no piece '${slug}'`);
  return { title: piece.title, url: origin + outlet.pathOf(piece) };
}
