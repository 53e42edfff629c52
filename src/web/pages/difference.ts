import type { Difference } from '../../store/read/articles.ts';
import { type Html, html } from '../html.ts';

/** `adds 3 sentences, leaves out 1, has other figures in 2`; undefined when it tells the same. */
export function inWords({ added, cut, figures }: Difference): string | undefined {
  const sentences = (count: number): string => `${count} ${count === 1 ? 'sentence' : 'sentences'}`;
  const parts = [
    figures.length > 0 && `counts otherwise in ${sentences(figures.length)}`,
    added.length > 0 && `adds ${sentences(added.length)}`,
    cut.length > 0 && `leaves out ${sentences(cut.length)}`,
  ].filter((part) => part !== false);
  return parts.length === 0 ? undefined : parts.join(', ');
}

/**
 * What a text tells otherwise than those before it: other figures first, then what it adds and leaves out.
 * @param quoted whether the one who asks may read the texts; else only how much it is
 */
export function tellsOtherwise(difference: Difference, quoted: boolean): Html | false {
  const words = inWords(difference);
  if (words === undefined) return false;
  if (!quoted) return html`<p class="soft">${words}</p>`;
  const { added, cut, figures } = difference;
  return html`<details class="changes"><summary>${words}</summary>
${figures.map(({ before, after }) => html`<p dir="auto"><del>${before}</del> <ins>${after}</ins></p>`)}
${added.map((sentence) => html`<p dir="auto"><ins>${sentence}</ins></p>`)}
${cut.map((sentence) => html`<p dir="auto"><del>${sentence}</del></p>`)}
</details>`;
}
