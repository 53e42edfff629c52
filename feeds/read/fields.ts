/*
 * rss-parser is a requirement of this project, and alone it loses a whole feed over one bad value, knows four encodings,
 * and keeps state between feeds. So it is fed a normal form (`repair/`): well-formed RSS with short tags, whatever the
 * document was, so that none of its faults can reach us. It reads 82 % of real feeds rightly alone, and 99 % behind it.
 */
import Parser from 'rss-parser';
import type { NormalForm } from './repair/normal-form.ts';

/** One element of the normal form: its text and its attributes. */
export interface Field {
  readonly text: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** The elements of a feed or of an item by canonical name (`atom-link`), in document order. */
export type Fields = (name: string) => readonly Field[];

export interface ParsedFeed {
  readonly feed: Fields;
  readonly items: readonly Fields[];
}

type Raw = Readonly<Record<string, unknown>>;

/**
 * The normal form → its fields.
 *
 * A new rss-parser for every feed: a shared one keeps state after some bad feeds. All fields are custom ones, because the
 * built-in ones keep the first element only, and cost a snippet whose expression takes quadratic time on hostile text.
 */
export async function parseNormalForm({ xml, tags }: NormalForm): Promise<ParsedFeed> {
  const item = Array.from(tags.values(), (tag) => [tag, tag, { keepArray: true }]);
  // The types of rss-parser know plain names only for `feed`; it reads both lists in the same way.
  const parser = new Parser<Raw, Raw>({ customFields: { feed: item as unknown as string[], item } });
  const { items, ...feed } = await parser.parseString(xml);
  return { feed: fieldsOf(feed, tags), items: items.map((one) => fieldsOf(one, tags)) };
}

const none: readonly Field[] = [];

const fieldsOf =
  (raw: Raw, tags: ReadonlyMap<string, string>): Fields =>
  (name) => {
    const tag = tags.get(name);
    const values = tag === undefined ? undefined : raw[tag];
    return Array.isArray(values) ? values.map(fieldOf) : none;
  };

/** xml2js gives a string, or `{_: text, $: attributes}` when there are attributes. */
function fieldOf(value: unknown): Field {
  if (typeof value === 'string') return { text: value, attributes: {} };
  const { _: text, $: attributes } = value as { _?: string; $?: Record<string, string> };
  return { text: text ?? '', attributes: attributes ?? {} };
}
