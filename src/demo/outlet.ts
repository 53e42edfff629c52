/**
 * The words of the example press.
 *
 * An **outlet** has a **template** (its look) and **pieces** (its articles, as data). A piece is set at an hour of the
 * press's clock and becomes an **article page**: what a template turns into HTML.
 */
import type { Reason } from '../domain/article.ts';
import type { Markup } from './html.ts';

/**
 * One line of a piece. A string is a paragraph; `**strong**` and `[anchor](href)` are its only marks.
 * `read`, `keep` and `figure` are boilerplate that sites set between the paragraphs; they name pieces of the same outlet by slug.
 */
export type Line =
  | string
  | { readonly heading: string }
  /** A heading of a live page, `14:05 – heading`, so many minutes after the piece was published. */
  | { readonly entry: string; readonly minutes: number }
  | { readonly figure: string; readonly source: string }
  | { readonly read: string }
  | { readonly keep: readonly string[] };

/** What an outlet wrote. */
export interface Piece {
  readonly slug: string;
  readonly title: string;
  readonly standfirst?: string;
  readonly section: string;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  /** Published so many hours before the press opened; ignored for a piece that appears later. */
  readonly hoursAgo: number;
  readonly body: readonly Line[];
  readonly live?: true;
  /** The event that this piece tells in its own words, when other outlets tell it too. */
  readonly event?: string;
  /** The agency text that this piece is a copy of. */
  readonly copyOf?: string;
  /** The state of the world in which the piece first appears. Default 0: it stood there when the press opened. */
  readonly appears?: number;
  /** How the piece reads from a state of the world on, in the order of the states. */
  readonly revisions?: readonly { readonly from: number; readonly title?: string; readonly body: readonly Line[] }[];
  /** The state of the world from which on its page is taken down (410); lists still name it, as changed. */
  readonly withdrawn?: number;
}

/** An address besides the pieces' own that a feed, sitemap or front page of an outlet names. */
type OddLink =
  /** The piece under another address of the same page: tracking parameters. */
  | { readonly path: string; readonly title: string; readonly same: string }
  /** An address that redirects to the piece. */
  | { readonly path: string; readonly title: string; readonly redirects: string }
  | { readonly path: string; readonly title: string; readonly rejected: Reason };

/** What an outlet tells its readers and crawlers about itself. */
export interface Outlet {
  /** Also its host name: `<id>.example`. */
  readonly id: string;
  readonly name: string;
  readonly tagline: string;
  readonly lang: string;
  readonly country: string;
  readonly timeZone: string;
  readonly nav: readonly string[];
  readonly list: 'rss' | 'atom' | 'json' | 'sitemap';
  /** Path of the feed or news sitemap. */
  readonly listPath: string;
  /** Query string that the feed adds to the links of its pieces. */
  readonly tracking?: string;
  /** Path prefix that robots.txt closes. */
  readonly disallow: string;
  readonly pathOf: (piece: Piece) => string;
  readonly template: Template;
  readonly pieces: readonly Piece[];
  readonly oddLinks: readonly OddLink[];
  /** The author box by author. */
  readonly bios: Readonly<Record<string, string>>;
}

export interface Headline {
  readonly title: string;
  readonly url: string;
}

/** A line of an article page, with links resolved. */
export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  /** The title once more, inside the text. */
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'figure'; readonly caption: string; readonly source?: string }
  | { readonly kind: 'read'; readonly label: string; readonly link: Headline }
  | { readonly kind: 'keep'; readonly heading: string; readonly links: readonly Headline[] };

/** What stands on an article page and is not the article. Every template can set all of it; an empty list or string is left out. */
export interface Boilerplate {
  /** Headlines before the article. */
  readonly ticker: readonly Headline[];
  /** Headlines after it. */
  readonly more: readonly Headline[];
  readonly breadcrumbs: readonly string[];
  /** What the author box says, and where it stands. */
  readonly bio: { readonly name: string; readonly text: string; readonly place: 'before' | 'after' } | undefined;
  /** Heading and note of the comment form. */
  readonly comments: readonly string[];
  readonly copyright: string;
  /** The byline as the last line of the text. */
  readonly signature: string;
}

export interface Site {
  readonly name: string;
  readonly tagline: string;
  /** Origin without a slash at the end. */
  readonly origin: string;
  readonly lang: string;
  readonly timeZone: string;
  readonly nav: readonly string[];
  /** The feed, when the site has one. */
  readonly feed?: { readonly url: string; readonly type: string } | undefined;
}

export interface ArticlePage {
  readonly site: Site;
  readonly url: string;
  readonly title: string;
  readonly standfirst: string | undefined;
  readonly section: string;
  readonly tags: readonly string[];
  readonly authors: readonly string[];
  readonly published: Date;
  readonly modified: Date;
  readonly live: boolean;
  /** Path of its picture. */
  readonly picture: string;
  readonly blocks: readonly Block[];
  readonly boilerplate: Boilerplate;
}

/** The look of an outlet. */
export interface Template {
  /** Which boilerplate its own articles carry. */
  readonly carries: (
    page: Omit<ArticlePage, 'boilerplate' | 'blocks'>,
    headlines: Headlines,
    bio: string,
  ) => Boilerplate;
  /** Its pages name the minute of publication, not only the day. */
  readonly tellsTime: boolean;
  /** The title stands once more as the first line of the text. */
  readonly repeatsTitle: boolean;
  /** How its 'READ:' and 'Keep Reading' are worded. */
  readonly words: { readonly read: string; readonly keep: string };
  /** Path of the page that lists a section. */
  readonly sectionPath: (label: string) => string;
  readonly article: (page: ArticlePage) => Markup;
  /** Any other page: the site's head, navigation and foot around `main`. */
  readonly frame: (site: Site, title: string, main: Markup) => Markup;
}

interface Headlines {
  /** Of the outlet itself, newest first. */
  readonly own: readonly Headline[];
  /** Fifty from all over the world. */
  readonly wire: readonly Headline[];
}
