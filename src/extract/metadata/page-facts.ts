import { squeeze } from '../../text/words.ts';
import type { Document, Element, Node } from '../parse/node.ts';
import { Fact, factsNamed } from './fact-names.ts';

/** An element that may carry a fact, with its text. */
export interface Marked {
  readonly element: Element;
  readonly text: string;
}

/** What a page says of itself outside its text, gathered in one walk. */
export interface PageFacts {
  /** First value of each `<meta>` by lower-case name or property; lists for those that repeat. */
  readonly meta: ReadonlyMap<string, readonly string[]>;
  readonly title: string;
  readonly lang: string | undefined;
  readonly canonical: string | undefined;
  /** `<base href>`, as it stands. */
  readonly base: string | undefined;
  /** First and second level. */
  readonly headings: readonly Marked[];
  /** Third and fourth level. */
  readonly subheadings: readonly Marked[];
  /** Elements with an `itemprop`. */
  readonly properties: ReadonlyMap<string, readonly Marked[]>;
  readonly times: readonly Marked[];
  /** Elements whose class or rel says that they name an author. */
  readonly authors: readonly Marked[];
  /** Links to the page of an author. */
  readonly authorLinks: readonly Marked[];
  /** Elements whose class says that they hold a date. */
  readonly dates: readonly Marked[];
  readonly preloadedImage: string | undefined;
  /** `<link rel=image_src>` */
  readonly linkedImage: string | undefined;
  readonly forms: number;
}

/** The path of a page on one author: whoever's name is the link. */
const authorPath =
  /\/(?:authors?|autor(?:en|es|ii?)?|auteurs?|autores?|autori|writers?|reporters?|journalists?|columnists?|skribent(?:er)?|redakteure?|byline)\/[^/?#]{3,}/i;

const textLimit = 400;
/** A headline may be a paragraph long. */
const titleLimit = 1_200;

/** Walks the whole tree once. */
export function readFacts(document: Document): PageFacts {
  const meta = new Map<string, string[]>();
  const headings: Marked[] = [];
  const subheadings: Marked[] = [];
  const properties = new Map<string, Marked[]>();
  const times: Marked[] = [];
  const authors: Marked[] = [];
  const authorLinks: Marked[] = [];
  const dates: Marked[] = [];
  let title = '';
  let lang: string | undefined;
  let canonical: string | undefined;
  let base: string | undefined;
  let preloadedImage: string | undefined;
  let linkedImage: string | undefined;
  let forms = 0;

  const visit = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (node.type === 'text') continue;
      const a = node.attribs;
      switch (node.name) {
        case 'meta': {
          const name = (a.property ?? a.name ?? a.itemprop ?? a['http-equiv'])?.toLowerCase();
          const content = a.content;
          if (name && content?.trim()) {
            const list = meta.get(name);
            if (!list) meta.set(name, [content.trim()]);
            else if (list.length < 40) list.push(content.trim());
          }
          continue;
        }
        case 'title':
          if (!title) title = textOf(node, titleLimit);
          continue;
        case 'html':
          lang ??= a.lang ?? a['xml:lang'];
          break;
        case 'body':
        case 'article':
          lang ||= a.lang;
          break;
        case 'base':
          base ??= a.href;
          continue;
        case 'link': {
          const rel = a.rel?.toLowerCase();
          if (rel === 'canonical') canonical ??= a.href;
          else if (rel === 'preload' && a.as === 'image') preloadedImage ??= a.href;
          else if (rel === 'image_src') linkedImage ??= a.href;
          continue;
        }
        case 'h1':
        case 'h2':
          if (headings.length < 60) headings.push({ element: node, text: textOf(node, titleLimit) });
          break;
        case 'h3':
        case 'h4':
          if (subheadings.length < 20) subheadings.push({ element: node, text: textOf(node) });
          break;
        case 'a':
          if (authorLinks.length < 12 && authorPath.test(a.href?.slice(0, 300) ?? ''))
            authorLinks.push({ element: node, text: textOf(node) });
          break;
        case 'time':
        case 'relative-time':
        case 'time-ago':
        case 'local-time':
          if (times.length < 60) times.push({ element: node, text: textOf(node) });
          break;
        case 'form':
          forms++;
          break;
        default:
      }
      const property = a.itemprop?.toLowerCase();
      if (property) {
        const list = properties.get(property);
        const marked = { element: node, text: property === 'articlebody' ? '' : textOf(node) };
        if (!list) properties.set(property, [marked]);
        else if (list.length < 30) list.push(marked);
      }
      const named = factsOf(node);
      const rel = a.rel;
      if (rel && /\bauthor\b/.test(rel) && authors.length < 30) authors.push({ element: node, text: textOf(node) });
      else if (named !== 0) {
        if (authors.length < 30 && named & Fact.author) authors.push({ element: node, text: textOf(node) });
        if (dates.length < 40 && named & Fact.date) dates.push({ element: node, text: textOf(node) });
      }
      visit(node.children);
    }
  };
  visit(document.children);
  return {
    meta,
    title,
    lang,
    canonical,
    base,
    headings,
    subheadings,
    properties,
    times,
    authors,
    authorLinks,
    dates,
    preloadedImage,
    linkedImage,
    forms,
  };
}

/** The facts that an element's names speak of: its class, where it has one. */
function factsOf({ name, attribs, classNames }: Element): number {
  if (attribs.class !== undefined) return classNames.facts;
  const names = attribs.id ?? attribs['data-testid'] ?? (name.includes('-') ? name : undefined);
  return names ? factsNamed(names) : 0;
}

/** Text of an element, spaces squeezed, at most a few hundred characters. */
export function textOf(element: Element, limit = textLimit): string {
  let text = '';
  const visit = (nodes: readonly Node[]): void => {
    for (const node of nodes) {
      if (text.length > limit) return;
      if (node.type === 'text') text += node.data.length > limit ? node.data.slice(0, limit * 2) : node.data;
      else if (node.name !== 'style' && node.name !== 'script') {
        visit(node.children);
        if (node.name !== 'b' && node.name !== 'i' && node.name !== 'em' && node.name !== 'strong') text += ' ';
      }
    }
  };
  visit(element.children);
  return squeeze(text).slice(0, limit);
}
