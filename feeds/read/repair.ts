import { decodeHTMLStrict } from 'entities';
import { Parser } from 'htmlparser2';
import { escapeMarkup } from '../../src/text/escape.ts';
import { FeedError } from './feed-error.ts';
import { prefixOfNamespace } from './namespaces.ts';
import { alsoHtml, attributeOnly, feedFields, itemFields, itemNames, wrapperNames } from './vocabulary.ts';

export interface RepairLimits {
  readonly maxItems: number;
  readonly maxDepth: number;
}

export interface Repaired {
  readonly format: 'rss' | 'rdf' | 'atom';
  /** Well-formed RSS 2.0 whose elements bear the tags of `tags`. */
  readonly xml: string;
  /** Canonical names that occur in it (`rss-title`, `atom-link`) → their tags: short ones, since sax tests each character of a tag. */
  readonly tags: ReadonlyMap<string, string>;
  /** Why something at the end was left out, when it was. */
  readonly cut?: string | undefined;
}

type Attributes = Readonly<Record<string, string>>;

interface Frame {
  /** What stands in it is left out. */
  readonly skip: boolean;
  /** The item or field that this element's end ends, unless something else ended it before. */
  readonly owner: Item | Field | undefined;
  readonly scope: Scope;
}

interface Scope {
  readonly base: string | undefined;
  readonly lang: string | undefined;
  readonly prefixes: ReadonlyMap<string, string>;
}

interface Item {
  readonly fields: string[];
}

interface Field {
  readonly name: string;
  readonly attributes: string;
  readonly bodyStart: number;
  readonly text: string[];
  /** Holds markup of its own, so that its source is its text. */
  mixed: boolean;
}

/** Leaves the parser from within its callbacks. */
class Enough extends Error {}

const maxEntityText = 1_000;
const maxExpandedText = 1_000_000;
/** Of a headline, a name, an address, a date; only texts of articles are longer. */
const maxShortText = 10_000;
/** Elements of one item, or of the feed itself. */
const maxFields = 500;
/** Elements before the one that makes the document a feed. */
const maxPreamble = 1_000;
/** sax, below rss-parser, refuses longer attribute values. */
const maxAttributeLength = 8_000;

/**
 * Any dialect of RSS, RDF and Atom, well formed or not → one well-formed normal form that rss-parser reads without loss.
 *
 * The tolerant tokenizer of htmlparser2 reads the document; each element is named by its namespace; what is known
 * is written out again, with HTML entities decoded, inner markup turned into text, missing end tags supplied, and items
 * wherever they stand moved into one channel. One pass, linear in time.
 *
 * @throws FeedError when there is no feed in the document
 */
export function repairFeed(source: string, limits: RepairLimits): Repaired {
  const { text, entities } = withoutDoctype(withoutForbidden(source));
  const channel: string[] = [];
  const items: Item[] = [];
  const tags = new Map<string, string>();
  const frames: Frame[] = [];
  const top: Scope = { base: undefined, lang: undefined, prefixes: new Map() };

  let format: Repaired['format'] | undefined;
  let item: Item | undefined;
  let field: Field | undefined;
  let inCdata = false;
  let ended = false;
  let cut: string | undefined;
  let expanded = 0;
  let preamble = 0;

  const decode = (raw: string): string => {
    if (!raw.includes('&')) return raw;
    const own =
      entities.size === 0
        ? raw
        : raw.replace(/&([\w.-]+);/g, (reference, name: string) => {
            const value = entities.get(name);
            if (value === undefined || expanded > maxExpandedText) return reference;
            expanded += value.length;
            return value;
          });
    return withoutForbidden(decodeHTMLStrict(own));
  };

  const write = (name: string, attributes: string, content: string): void => {
    const fields = item ? item.fields : channel;
    if (fields.length >= maxFields) return;
    const tag = tags.get(name) ?? `f${tags.size.toString(36)}`;
    tags.set(name, tag);
    fields.push(`<${tag}${attributes}>${content}</${tag}>`);
  };

  const endField = (end: number): void => {
    if (!field) return;
    const { name, attributes, bodyStart, mixed } = field;
    const content = mixed ? inlineSource(text.slice(bodyStart, Math.max(bodyStart, end))) : field.text.join('');
    const kept = isProse(field) ? content : content.slice(0, maxShortText).toWellFormed();
    write(name, attributes, escapeText(kept));
    field = undefined;
  };

  const endItem = (): void => {
    if (!item) return;
    items.push(item);
    item = undefined;
    if (items.length >= limits.maxItems) {
      cut = `only the first ${limits.maxItems} items were read`;
      throw new Enough();
    }
  };

  const canonicalName = (tag: string, scope: Scope): string => {
    const colon = tag.indexOf(':');
    const prefix = colon < 0 ? '' : tag.slice(0, colon);
    const local = tag.slice(colon + 1);
    const known = scope.prefixes.get(prefix);
    if (known !== undefined) return `${known}-${local}`;
    // `a10` is what .NET writes for Atom.
    if (prefix !== '') return prefix === 'a10' ? `atom-${local}` : `${prefix}-${local}`;
    return format === 'atom' || local === 'feed' ? `atom-${local}` : local === 'rdf' ? 'rdf-rdf' : `rss-${local}`;
  };

  /** Takes in a start tag and says what its end tag will mean. */
  const enter = (tag: string, attributes: Attributes): Frame => {
    const outer = frames.at(-1);
    const scope = scopeOf(attributes, outer?.scope ?? top, decode);
    const name = canonicalName(tag, scope);
    const frame = (skip: boolean, owner?: Item | Field): Frame => ({ skip, owner, scope });

    if (!format) {
      if (name.endsWith('-html') && !/<(?:feed|rss|rdf:rdf)\s/i.test(text)) throw notAFeed('<html>');
      format = formatOf(name);
      preamble += 1;
      if (preamble > maxPreamble) throw new Enough();
      if (!itemNames.has(name)) return frame(false);
    }
    if (field && !endsField(field, name)) {
      field.mixed = true;
      return frame(false);
    }
    endField(parser.startIndex);
    if (itemNames.has(name)) {
      endItem();
      item = { fields: [] };
      const about = Object.entries(attributes).find(([key]) => /(?:^|:)about$/.test(key))?.[1];
      if (about) write('rdf-about', scopeAttributes(scope), escapeText(decode(about)));
      return frame(false, item);
    }
    if (outer?.skip) return frame(true);
    if (wrapperNames.has(name)) return frame(false);

    const fields = item ? itemFields : feedFields;
    if (!Object.hasOwn(fields, name)) return frame(true);
    const kept = keptAttributes(attributes, fields[name] ?? [], decode) + scopeAttributes(scope);
    if (attributeOnly.has(name)) {
      write(name, kept, '');
      return frame(false);
    }
    field = { name, attributes: kept, bodyStart: parser.endIndex + 1, text: [], mixed: false };
    return frame(false, field);
  };

  const parser = new Parser(
    {
      onopentag(tag, attributes) {
        // A feed of unclosed items nests as deep as it has items.
        if (frames.length >= limits.maxDepth + items.length) {
          cut = `elements are nested more than ${limits.maxDepth} deep`;
          throw new Enough();
        }
        frames.push(enter(tag, attributes));
      },
      onclosetag() {
        const owner = frames.pop()?.owner;
        if (owner === undefined) return;
        if (owner === field) {
          if (ended && isAddress(field)) field = undefined;
          else endField(parser.startIndex);
        } else if (owner === item) {
          endField(parser.startIndex);
          endItem();
        }
      },
      ontext(data) {
        if (field && !field.mixed) field.text.push(inCdata ? data : decode(data));
      },
      oncdatastart() {
        inCdata = true;
      },
      oncdataend() {
        inCdata = false;
      },
    },
    { xmlMode: true, decodeEntities: false, lowerCaseTags: true, lowerCaseAttributeNames: true },
  );

  try {
    parser.write(text);
    ended = true;
    if (frames.length > 0) cut = 'the document ends in the middle';
    parser.end();
  } catch (error) {
    if (!(error instanceof Enough)) throw error;
  }
  if (!format) throw notAFeed(text);
  const body = items.map(({ fields }) => `<item>${fields.join('')}</item>`).join('');
  return { format, xml: `<rss version="2.0"><channel>${channel.join('')}${body}</channel></rss>`, tags, cut };
}

function formatOf(name: string): Repaired['format'] | undefined {
  switch (name) {
    case 'atom-feed':
    case 'atom-entry':
      return 'atom';
    case 'rdf-rdf':
      return 'rdf';
    case 'rss-rss':
    case 'rss-channel':
    case 'rss-item':
      return 'rss';
    case 'rss-opml':
    case 'rss-urlset':
    case 'rss-sitemapindex':
      throw notAFeed(`<${name.slice(name.indexOf('-') + 1)}`);
    default:
      return undefined;
  }
}

/** Says what a document without a feed is. */
function notAFeed(text: string): FeedError {
  const start = text.slice(0, 4096).trimStart();
  if (start === '') return new FeedError('nothing', 'The document is empty.');
  if (/<opml\b/i.test(start))
    return new FeedError('opml', 'This is an OPML list of feeds, not a feed: take it in with `sources import`.');
  if (/<(?:\w+:)?(?:urlset|sitemapindex)\b/i.test(start))
    return new FeedError('sitemap', 'This is a sitemap, not a feed: list it under `sitemaps` of the source.');
  if (/<(?:!doctype\s+html|html|head|body)\b/i.test(start))
    return new FeedError('html', 'This is a web page, not a feed: `sources add` finds the feeds that it names.');
  if (start.startsWith('<')) return new FeedError('text', 'This is XML, but neither RSS nor Atom.');
  return new FeedError('text', 'This is plain text, not a feed.');
}

function scopeOf(attributes: Attributes, outer: Scope, decode: (raw: string) => string): Scope {
  let { base, lang, prefixes } = outer;
  let own: Map<string, string> | undefined;
  for (const key in attributes) {
    if (!key.startsWith('xml')) continue;
    const value = decode(attributes[key] ?? '').trim();
    if (key === 'xml:base') base = joinBase(value, base);
    else if (key === 'xml:lang') lang = value || undefined;
    else if (key === 'xmlns' || key.startsWith('xmlns:')) {
      own ??= new Map(prefixes);
      const known = prefixOfNamespace(value);
      if (known === undefined) own.delete(key.slice(6));
      else own.set(key.slice(6), known);
    }
  }
  if (own) prefixes = own;
  return base === outer.base && lang === outer.lang && !own ? outer : { base, lang, prefixes };
}

function joinBase(value: string, outer: string | undefined): string | undefined {
  if (value === '') return outer;
  if (outer !== undefined && URL.canParse(value, outer)) return new URL(value, outer).href;
  return value;
}

const scopeAttributes = ({ base, lang }: Scope): string =>
  (base && base.length < maxAttributeLength ? ` base="${escapeMarkup(base)}"` : '') +
  (lang && lang.length < 100 ? ` lang="${escapeMarkup(lang)}"` : '');

function keptAttributes(attributes: Attributes, kept: readonly string[], decode: (raw: string) => string): string {
  let out = '';
  for (const key of kept) {
    const value = Object.hasOwn(attributes, key) ? attributes[key] : undefined;
    if (value !== undefined && value.length < maxAttributeLength)
      out += ` ${key.replace(':', '-')}="${escapeMarkup(decode(value))}"`;
  }
  return out;
}

/**
 * Whether an element that opens inside a field shows that the field's end tag is missing: it is itself a field or an
 * item, and not a name that HTML in the field's text could bear. XHTML of Atom always has its end tag (it was made by an
 * XML tool), and may hold anything.
 */
function endsField(field: Field, name: string): boolean {
  if (/ type="(?:xhtml|[^"]*xml)"/.test(field.attributes)) return false;
  if (itemNames.has(name)) return true;
  if (name.startsWith('xhtml-') || !Object.hasOwn(itemFields, name)) return false;
  if (!isProse(field)) return true;
  return !alsoHtml.has(name.slice(name.indexOf('-') + 1));
}

const isProse = ({ name }: Field): boolean => /-(?:description|summary|content|encoded|body|div)$/.test(name);

/** Half an address leads nowhere, half a headline still says something. */
const isAddress = ({ name }: Field): boolean => /-(?:link|guid|id|origlink|pubdate|date|published|updated)$/.test(name);

/** The markup in a field as HTML text: CDATA sections become text and prefixed names lose their prefix. */
const inlineSource = (source: string): string =>
  source
    .replace(/<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)/g, (_, text: string) => text)
    .replace(/<(\/?)[a-z][\w.-]*:(?=[a-z])/gi, '<$1');

/**
 * Takes the DOCTYPE away, whose internal subset the tokenizer does not know, and reads the entities declared in it. Only
 * short values without references of their own count, so nothing can grow by nesting; nothing external is ever read.
 */
function withoutDoctype(source: string): { text: string; entities: ReadonlyMap<string, string> } {
  const entities = new Map<string, string>();
  const head = source.slice(0, 65_536);
  const doctype = /<!DOCTYPE[^[>]*\[([\s\S]*?)\]\s*>/i.exec(head);
  if (!doctype) return { text: straightenStray(source), entities };
  for (const [, name, , value] of (doctype[1] ?? '').matchAll(/<!ENTITY\s+([\w.-]+)\s+(["'])(.*?)\2\s*>/gs))
    if (name !== undefined && value !== undefined && value.length <= maxEntityText && !/&(?!#)/.test(value))
      entities.set(name, value);
  const rest = source.slice(0, doctype.index) + source.slice(doctype.index + doctype[0].length);
  return { text: straightenStray(rest), entities };
}

/** `<` before anything that cannot begin a tag is text (`Profit <5%`), except in CDATA and comments. */
function straightenStray(source: string): string {
  if (!/<[^a-z_:/!?]/i.test(source)) return source;
  return source.replace(/<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<(?![a-z_:/!?])/gi, (found) =>
    found === '<' ? '&lt;' : found,
  );
}

/** Without the characters that XML forbids. */
function withoutForbidden(text: string): string {
  const sound = text.isWellFormed() ? text : text.toWellFormed();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove
  return sound.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');
}

/** CDATA, because sax reads it several times faster than references. */
const escapeText = (text: string): string =>
  /[&<]/.test(text) ? `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>` : text.replaceAll(']]>', ']]&gt;');
