import { decodeHTMLStrict } from 'entities';

/** A document that the tokenizer can read, and what its references mean. */
export interface Prepared {
  readonly text: string;
  /** Resolves references: those of HTML, and those that the DOCTYPE declares. */
  decode(raw: string): string;
}

const maxEntityText = 1_000;
const maxExpandedText = 1_000_000;

/** Text of a feed → the same without what the tokenizer does not know: forbidden characters, DOCTYPE, stray `<`, notices before the feed. */
export function prepare(source: string): Prepared {
  const { text, entities } = withoutDoctype(fromItsStart(withoutForbidden(source)));
  return { text: straightenStray(text), decode: decoder(entities) };
}

/** The feed may expand its own entities to so many characters; more references stay as they are. */
function decoder(entities: ReadonlyMap<string, string>): (raw: string) => string {
  let expanded = 0;
  const expand = (reference: string, name: string): string => {
    const value = entities.get(name);
    if (value === undefined || expanded > maxExpandedText) return reference;
    expanded += value.length;
    return value;
  };
  return (raw) => {
    if (!raw.includes('&')) return raw;
    const own = entities.size === 0 ? raw : raw.replace(/&([\w.-]+);/g, expand);
    return withoutForbidden(decodeHTMLStrict(own));
  };
}

/** Notices of a server stand before some feeds, with tags, comments and quotes that are never closed. */
function fromItsStart(text: string): string {
  const start = text.search(/<(?:\?xml\s|!doctype\s|html[\s>]|(?:[\w.-]+:)?(?:rss|feed|rdf)[\s>])/i);
  return start > 0 ? text.slice(start) : text;
}

/**
 * Takes the DOCTYPE away, whose internal subset the tokenizer does not know, and reads the entities declared in it. Only
 * short values without references of their own count, so nothing can grow by nesting; nothing external is ever read.
 */
function withoutDoctype(source: string): { text: string; entities: ReadonlyMap<string, string> } {
  const entities = new Map<string, string>();
  const head = source.slice(0, 65_536);
  const doctype = /<!DOCTYPE[^[>]*\[([\s\S]*?)\]\s*>/i.exec(head);
  if (!doctype) return { text: source, entities };
  for (const [, name, , value] of (doctype[1] ?? '').matchAll(/<!ENTITY\s+([\w.-]+)\s+(["'])(.*?)\2\s*>/gs))
    if (name !== undefined && value !== undefined && value.length <= maxEntityText && !/&(?!#)/.test(value))
      entities.set(name, value);
  return { text: source.slice(0, doctype.index) + source.slice(doctype.index + doctype[0].length), entities };
}

/** `<` before anything that cannot begin a tag is text (`Profit <5%`), except in CDATA and comments; CDATA is written in capitals. */
function straightenStray(source: string): string {
  const text = /<!\[cdata\[/.test(source) ? source.replace(/<!\[cdata\[/gi, '<![CDATA[') : source;
  if (!/<[^a-z_:/!?]/i.test(text)) return text;
  return text.replace(/<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<(?![a-z_:/!?])/gi, (found) =>
    found === '<' ? '&lt;' : found,
  );
}

/** Without the characters that XML forbids. */
function withoutForbidden(text: string): string {
  const sound = text.isWellFormed() ? text : text.toWellFormed();
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove
  return sound.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '');
}
