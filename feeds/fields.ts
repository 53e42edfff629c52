import Parser from 'rss-parser';
import { feedFields, itemFields } from './vocabulary.ts';

/** One element of the normal form: its text and its attributes. */
export interface Field {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The elements of a feed or of an item by canonical name (`atom:link`), in document order within a name. */
export type Fields = (name: string) => readonly Field[];

export interface ParsedXml {
  readonly feed: Fields;
  readonly items: readonly Fields[];
}

type Raw = Readonly<Record<string, unknown>>;

const custom = (names: readonly string[]) =>
  names.map((name) => [hyphened(name), hyphened(name), { keepArray: true }]) as (string | { keepArray: boolean })[][];
const hyphened = (name: string): string => name.replace(':', '-');

const itemNames = custom(['rdf:about', ...Object.keys(itemFields)]);
const feedNames = custom(Object.keys(feedFields));

/**
 * The normal form of `repair.ts` → its fields.
 *
 * A new rss-parser for every feed: a shared one keeps state after some bad feeds. All fields are custom ones: of the
 * built-in ones only the first element is kept, and they cost a snippet whose expression takes quadratic time.
 */
export async function parseNormalForm(xml: string): Promise<ParsedXml> {
  const parser = new Parser<Raw, Raw>({ customFields: { feed: feedNames as unknown as string[], item: itemNames } });
  const { items, ...feed } = await parser.parseString(xml);
  return { feed: fieldsOf(feed), items: items.map(fieldsOf) };
}

function fieldsOf(raw: Raw): Fields {
  return (name) => {
    const values = raw[hyphened(name)];
    return Array.isArray(values) ? values.map(fieldOf) : [];
  };
}

/** xml2js gives a string, or `{_: text, $: attributes}` when there are attributes. */
function fieldOf(value: unknown): Field {
  if (typeof value === 'string') return { text: value, attributes: {} };
  const { _: text, $: attributes } = value as { _?: string; $?: Record<string, string> };
  return { text: text ?? '', attributes: attributes ?? {} };
}
