import { countWords, fold } from '../../text/words.ts';

/** A text found in a page's state, as markup. */
export interface StateText {
  readonly html: string;
  readonly words: number;
  /** It stands beside the headline or the address of the article. */
  readonly isOwn: boolean;
}

/** What is known of the article that is looked for. */
export interface Wanted {
  /** Forms of its headline, folded. */
  readonly titles: readonly string[];
  /** The last step of its address. */
  readonly slug: string;
}

const limits = {
  depth: 40,
  values: 200_000,
  /** Words of a paragraph, and of a text. */
  paragraph: 8,
  text: 50,
} as const;

/** Keys that hold the words of a node, and those that hold something else than words. */
const textKeys =
  /^(?:text|content|children|value|html|body|data|props|paragraph|p|markup|rendered|attrs|nodes|c|__html|dangerouslySetInnerHTML|copy|insert)$/;
const otherKeys =
  /^(?:related|recommend|trending|popular|latest|teasers?|sidebar|comments?|menu|nav|footer|header|ads?|newsletter|captions?|credits?|byline|authors?|seo|meta|tags?|topics?|images?|promo|more|next)/i;

interface Found extends StateText {
  readonly weight: number;
}

/**
 * The article among the objects, lists and strings of a page's state, whatever made it: a string of markup, or a list whose elements hold a
 * paragraph each. What stands beside the article's own headline or address counts thrice, what stands beside another's a tenth.
 */
export function textInState(values: readonly unknown[], wanted: Wanted): StateText | undefined {
  let best: Found | undefined;
  let seen = 0;
  const offer = (html: string, weight: number): void => {
    const words = countWords(plain(html));
    // Beside the headline of another article stands another text; beside none, one that has nothing to do with it.
    if (words < limits.text || weight < 1 || (weight === 1 && !speaksOf(html, wanted))) return;
    const found = { html, words, weight: words * weight, isOwn: weight > 1 };
    if (!best || found.weight > best.weight) best = found;
  };
  const visit = (value: unknown, weight: number, depth: number): void => {
    if (++seen > limits.values || depth > limits.depth) return;
    if (typeof value === 'string') {
      if (value.length > 300 && isProse(value)) offer(asMarkup(value), weight);
      else if (value.length > 300 && /^\s*[[{]/.test(value)) visit(parsed(value), weight, depth + 1);
    } else if (Array.isArray(value)) {
      const lines = value
        .map((each) => (isAnother(each, wanted) ? undefined : lineOf(each, 0)))
        .filter((line) => line !== undefined);
      if (lines.length > 1 || value.length === 1) offer(lines.join('\n'), weight);
      for (const each of value) visit(each, weight, depth + 1);
    } else if (typeof value === 'object' && value !== null) {
      const related = relation(value as Record<string, unknown>, wanted);
      const own = related > 1 ? related : weight * related;
      for (const [key, each] of Object.entries(value)) visit(each, otherKeys.test(key) ? own * 0.05 : own, depth + 1);
    }
  };
  for (const value of values) visit(value, 1, 0);
  return best;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Is an object the article that is looked for, another one, or neither? */
function relation(value: Record<string, unknown>, { titles, slug }: Wanted): number {
  for (const [key, each] of Object.entries(value)) {
    if (typeof each !== 'string' || each.length > 400) continue;
    if (/^(?:headline|title|name)s?$/i.test(key) && each.length > 12) {
      const title = fold(each);
      if (titles.some((own) => own === title || own.startsWith(title) || title.startsWith(own))) return 3;
      if (!/name/i.test(key)) return 0.1;
    }
    if (/^(?:slug|url|path|canonical\w*|link|href)$/i.test(key) && slug.length > 8 && each.includes(slug)) return 3;
  }
  return 1;
}

/** A teaser of another article in a list of them. */
const isAnother = (value: unknown, wanted: Wanted): boolean =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  relation(value as Record<string, unknown>, wanted) < 1;

/** Does a text use the words of the headline? Half of the longer ones, or of the pairs of signs where a script sets no spaces. */
function speaksOf(html: string, { titles }: Wanted): boolean {
  const text = fold(plain(html));
  const [title = ''] = [...titles].sort((a, b) => b.length - a.length);
  const words = title.split(' ').filter((word) => word.length > 3);
  const parts =
    words.length > 1
      ? words.map((word) => word.slice(0, 6))
      : [...title.replaceAll(' ', '').matchAll(/(?=(..))/gu)].map(([, pair = '']) => pair);
  return parts.length === 0 || parts.filter((part) => text.includes(part)).length >= parts.length * 0.4;
}

const plain = (html: string): string => html.replace(/<[^>]{0,400}>/g, ' ');

/** Reads like sentences, not like code, addresses or encoded data. */
function isProse(text: string): boolean {
  const start = plain(text.slice(0, 4_000));
  const words = countWords(start);
  return (
    words >= limits.paragraph &&
    !/^\s*[[{]/.test(text) &&
    start.length / words < 14 &&
    !/[{};]\s*\n|function\s*\(|=>|https?:\S+\s+https?:/.test(start)
  );
}

const asMarkup = (text: string): string =>
  /<(?:p|div|br|h\d|li)\b/i.test(text)
    ? text
    : text
        .split(/\n+/)
        .map((line) => `<p>${line}</p>`)
        .join('\n');

const tags: Readonly<Record<string, string>> = {
  heading: 'h2',
  header: 'h2',
  subheading: 'h2',
  quote: 'blockquote',
  blockquote: 'blockquote',
  list_item: 'li',
  'list-item': 'li',
};
const inlineTag = /^(?:a|b|i|em|strong|span|sup|sub|code|mark|u|s|br)$/;
const blockTag = /^(?:p|h[2-6]|li|blockquote|pre|td|figcaption)$/;

/** One element of a list as a line of markup; nothing when it holds no prose. */
function lineOf(value: unknown, depth: number): string | undefined {
  const text = wordsOf(value, depth);
  if (text === undefined) return undefined;
  // A box of paragraphs is no line: its own list is looked at for itself.
  if (isElement(value) && !blockTag.test(value[1]) && (text.match(/<(?:p|div|h\d|li)>/g)?.length ?? 0) > 1)
    return undefined;
  const words = countWords(plain(text));
  const name = kindOf(value);
  const isHeading = /^h[1-6]$/.test(name);
  if (
    words < (isHeading ? 1 : limits.paragraph) ||
    !isProse(isHeading ? `${text} ${text} ${text} ${text} ${text} ${text} ${text} ${text}` : text)
  )
    return undefined;
  return /<(?:p|div|h\d|li)\b/i.test(text) ? text : `<${name}>${text}</${name}>`;
}

function kindOf(value: unknown): string {
  if (isElement(value)) return blockTag.test(value[1]) ? value[1] : 'p';
  const { type, _type, tag, style, level, blockType, __typename } = (value ?? {}) as Record<string, unknown>;
  const name = [style, tag, type, blockType, _type, __typename].find(
    (each) => typeof each === 'string' && each !== 'block',
  );
  const kind = typeof name === 'string' ? name.toLowerCase().replace(/(?:block|element|node|component)$/, '') : '';
  if (/^h[1-6]$/.test(kind)) return kind === 'h1' ? 'h2' : kind;
  const mapped = tags[kind];
  return mapped === 'h2' && typeof level === 'number' && level > 2 && level < 7 ? `h${level}` : (mapped ?? 'p');
}

/** React's `["$", "p", key, props]`. */
const isElement = (value: unknown): value is ['$', string, unknown, Record<string, unknown> | null] =>
  Array.isArray(value) && value[0] === '$' && typeof value[1] === 'string';

/** All words below a node that stand under keys for words, as markup. */
function wordsOf(value: unknown, depth: number): string | undefined {
  if (depth > 8) return undefined;
  if (typeof value === 'string') return /^\$[\w:]*$/.test(value) || /^https?:\S*$/.test(value) ? undefined : value;
  if (isElement(value)) {
    const [, name, , props] = value;
    const inner = wordsOf(props?.children ?? props?.dangerouslySetInnerHTML, depth + 1);
    if (inner === undefined) return undefined;
    return inlineTag.test(name) || depth === 0
      ? inner
      : `<${blockTag.test(name) ? name : 'div'}>${inner}</${blockTag.test(name) ? name : 'div'}>`;
  }
  if (Array.isArray(value)) {
    const parts = value.map((each) => wordsOf(each, depth + 1)).filter((part) => part !== undefined);
    return parts.length > 0 ? parts.join('') : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [key, each] of Object.entries(value)) {
    if (!textKeys.test(key)) continue;
    const text = wordsOf(each, depth + 1);
    if (text !== undefined && text.trim() !== '') return text;
  }
  return undefined;
}
