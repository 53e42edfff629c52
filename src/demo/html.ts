import { escapeMarkup } from '../text/escape.ts';

/** Markup that is already safe to send. */
export class Markup {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
  toString(): string {
    return this.text;
  }
}

type Part = Markup | string | number | undefined | false | readonly Part[];

/**
 * Tagged template for HTML and XML: whatever is filled in is escaped, except Markup; lists are joined, `undefined` and
 * `false` are nothing. Unlike the tag of `src/web`, which guards against strangers' addresses, it lets a template piece
 * addresses together (`href="${origin}/path"`): all that is printed here is ours.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  return new Markup(String.raw({ raw: strings }, ...parts.map(render)));
}

/** JSON that can stand inside a `<script>`. */
export const scriptJson = (value: unknown): Markup => new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'));

function render(part: Part): string {
  if (part === undefined || part === false) return '';
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map(render).join('');
  return escapeMarkup(String(part));
}

const inlineMark = /\*\*(?<strong>[^*]+)\*\*|\[(?<anchor>[^\]]+)\]\((?<href>[^)\s]+)\)/g;

/** A paragraph of ours with its two inline marks, `**strong**` and `[anchor](href)`, as HTML. */
export function inline(text: string): Markup {
  const parts: Part[] = [];
  let end = 0;
  for (const match of text.matchAll(inlineMark)) {
    const { strong, anchor, href } = match.groups ?? {};
    parts.push(text.slice(end, match.index));
    parts.push(strong === undefined ? html`<a href="${href}">${anchor}</a>` : html`<strong>${strong}</strong>`);
    end = match.index + match[0].length;
  }
  return html`${parts}${text.slice(end)}`;
}

/** The same paragraph as a reader sees it. */
export const plain = (text: string): string => text.replaceAll(inlineMark, '$<strong>$<anchor>');
