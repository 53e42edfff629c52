import { wireHeadlines } from './headlines.ts';
import { plain } from './html.ts';
import type { ArticlePage, Block, Headline, Line, Outlet, Piece, Site } from './outlet.ts';
import { picturePath } from './pictures.ts';
import { clockTime } from './templates/dates.ts';

/** Where the world stands: when the press opened, and when each of its later states began. */
export interface Moment {
  readonly opened: Date;
  readonly states: readonly Date[];
}

/** When a state of the world began; undefined while it has not. State 0 is that of the opening. */
const beganAt = ({ opened, states }: Moment, state: number): Date | undefined =>
  state === 0 ? opened : states[state - 1];

/** A piece as its outlet prints it at one moment. */
export interface Printed {
  readonly piece: Piece;
  /** Path and query, without tracking parameters. */
  readonly path: string;
  readonly page: ArticlePage;
  /** The page was taken down. */
  readonly withdrawn: boolean;
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
    .filter((piece) => beganAt(moment, piece.appears ?? 0))
    .map((piece) => ({ piece, published: publishedAt(piece, moment) }))
    .sort((a, b) => b.published.getTime() - a.published.getTime());
  const own = pieces.map(
    ({ piece }): Headline => ({ title: titleOf(piece, moment), url: origin + outlet.pathOf(piece) }),
  );
  const wire = wireHeadlines.map((title): Headline => ({ title, url: origin + wirePath(outlet, title) }));
  return pieces.map(({ piece, published }) => {
    const revision = revisionOf(piece, moment);
    const body = revision?.body ?? piece.body;
    const withdrawn = piece.withdrawn === undefined ? undefined : beganAt(moment, piece.withdrawn);
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
      modified: withdrawn ?? (revision && beganAt(moment, revision.from)) ?? published,
      live: piece.live === true,
      picture: picturePath(piece.slug),
    };
    const headlines = { own: own.filter((item) => item.url !== article.url), wire };
    const bio = piece.authors.map((author) => outlet.bios[author]).find((text) => text !== undefined) ?? '';
    const blocks = body.map((line) => blockOf(line, outlet, origin, published));
    return {
      piece,
      path,
      withdrawn: withdrawn !== undefined,
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

/** How the piece reads now; undefined while it is as it was first printed. */
const revisionOf = (piece: Piece, moment: Moment) =>
  piece.revisions?.findLast((revision) => beganAt(moment, revision.from) !== undefined);

const titleOf = (piece: Piece, moment: Moment): string => revisionOf(piece, moment)?.title ?? piece.title;

function publishedAt(piece: Piece, moment: Moment): Date {
  if (piece.appears) return beganAt(moment, piece.appears) ?? moment.opened;
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
