import type { Instant } from '../../src/domain/article.ts';
import { readDate } from '../../src/text/dates/read-date.ts';
import { escapeMarkup } from '../../src/text/escape.ts';
import { excerpt } from '../../src/text/excerpt.ts';
import { plainText } from '../../src/text/plain-text.ts';
import { squeeze } from '../../src/text/words.ts';
import type { Field, Fields } from './fields.ts';

/** The first of the named fields that says anything. */
export function firstText(fields: Fields, wanted: readonly string[]): string | undefined {
  for (const name of wanted) for (const { text } of fields(name)) if (text.trim() !== '') return text.trim();
  return undefined;
}

/** The first of the named fields that is a date. `language` (BCP 47) decides what the short form of a month means. */
export function firstDate(fields: Fields, wanted: readonly string[], language?: string): Instant | undefined {
  for (const name of wanted)
    for (const { text } of fields(name)) {
      const found = text.trim() === '' ? undefined : readDate(text, language);
      if (found !== undefined) return found;
    }
  return undefined;
}

/** Characters of a title. Some feeds put the whole text there, which is no headline; its beginning is. */
const longestTitle = 350;

/** A title on one line, without invisible characters, its end left out where it is a text rather than a headline. */
export function titleOf(text: string): string | undefined {
  const title = squeeze(text);
  return (title.length > longestTitle ? excerpt(title, longestTitle) : title) || undefined;
}

/** The first of the named fields that has a text, as a title. */
export function headline(fields: Fields, wanted: readonly string[]): string | undefined {
  for (const name of wanted)
    for (const field of fields(name)) {
      const title = titleOf(isPlain(field) ? field.text : plainText(textOf(field)));
      if (title !== undefined) return title;
    }
  return undefined;
}

/** The longest of the named texts as HTML: feeds that give a text twice give a shorter form once. */
export function prose(fields: Fields, wanted: readonly string[]): string | undefined {
  let longest = '';
  for (const name of wanted)
    for (const field of fields(name)) {
      const text = isPlain(field) ? escapeMarkup(field.text) : textOf(field);
      if (text.trim().length > longest.length) longest = text.trim();
    }
  return longest || undefined;
}

/** Atom says when a text is plain (RFC 4287, 3.1.1); everywhere else text may hold HTML. */
const isPlain = ({ attributes }: Field): boolean =>
  /^text(?:\/plain)?$/i.test(attributes.type ?? '') && attributes.mode === undefined;

/** Atom 0.3 could wrap text in base64. */
const textOf = ({ text, attributes }: Field): string =>
  attributes.mode === 'base64' ? Buffer.from(text, 'base64').toString('utf8') : text;

const maxNameLength = 300;

/** `mail@example.org (Jane Roe)` → `Jane Roe`; a bare mail address is nobody's name. */
export function names(fields: readonly Field[]): string[] {
  const found = fields
    .map(({ text }) => plainText(text.slice(0, maxNameLength)))
    .map((name) => /^\S+@\S+\s*\((.+)\)$/.exec(name)?.[1] ?? name.replace(/\s*[<(]?\S+@\S+\.\S+[>)]?\s*/, ' ').trim())
    .filter((name) => name !== '');
  return [...new Set(found)];
}

/** A number above zero, as text. */
export function positive(text: string | undefined): number | undefined {
  const number = Number(text?.trim() || Number.NaN);
  return Number.isFinite(number) && number > 0 ? number : undefined;
}
