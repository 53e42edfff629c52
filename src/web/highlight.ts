import { type Html, html } from './html.ts';

const segmenter = new Intl.Segmenter('und', { granularity: 'word' });

/** Words of a text that a search may have found, as `highlight` compares them. */
export const wordsIn = (text: string): string[] =>
  [...segmenter.segment(text)].flatMap(({ segment, isWordLike }) => (isWordLike ? [segment.toLowerCase()] : []));

/** A text with the words marked that a search found. @param found in lower case */
export function highlight(text: string, found: ReadonlySet<string>): Html | string {
  if (found.size === 0) return text;
  const pieces = [...segmenter.segment(text)].map(({ segment, isWordLike }) =>
    isWordLike && found.has(segment.toLowerCase()) ? html`<mark>${segment}</mark>` : segment,
  );
  return html`${pieces}`;
}

/** So much of a text stands before what was found, and behind it. */
const before = 90;
const after = 190;

/** The part of a text around the first word that was found; undefined when none stands in it. */
export function aroundFound(text: string, found: ReadonlySet<string>): string | undefined {
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (!isWordLike || !found.has(segment.toLowerCase())) continue;
    const begins = index <= before ? 0 : text.indexOf(' ', index - before) + 1;
    const from = Math.min(begins, index);
    const ends = text.lastIndexOf(' ', index + after);
    const to = text.length <= index + after ? text.length : Math.max(ends, index + segment.length);
    const part = text.slice(from, to).replace(/\s+/g, ' ').toWellFormed();
    return `${from > 0 ? '… ' : ''}${part}${to < text.length ? ' …' : ''}`;
  }
  return undefined;
}
