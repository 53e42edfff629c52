import { escapeMarkup } from '../text/escape.ts';

/** Markup that may stand in a page as it is. Only `html` and `trustedHtml` make it. */
export class Html {
  readonly markup: string;
  constructor(markup: string) {
    this.markup = markup;
  }
  toString(): string {
    return this.markup;
  }
}

/** What may stand in a `${…}` of a template: text is escaped, lists are joined, nothing gives nothing. */
export type HtmlValue = Html | string | number | false | null | undefined | readonly HtmlValue[];

/**
 * Characters that HTML forbids (controls but tab and line ends, noncharacters), and the bidirectional overrides with which a headline
 * could turn the text around it.
 */
const forbidden = /[^\P{Cc}\t\n\r]|[\p{NChar}\u202A-\u202E\u2066-\u2069]/gu;

/** Text made safe for element content and quoted attributes. */
export const escapeHtml = (text: string): string =>
  escapeMarkup(text.toWellFormed().replace(forbidden, '')).replaceAll("'", '&#39;');

/** Addresses that a page may lead to: http(s) and our own paths. Anything else (`javascript:`, `data:`) gives `about:invalid`. */
export function safeUrl(address: string): string {
  // Tabs and line ends would be dropped by a browser: `/\t/host` is another site.
  if (/^\/(?![/\\])[^\p{Cc}]*$/u.test(address)) return address;
  if (!URL.canParse(address)) return 'about:invalid';
  const { protocol, href } = new URL(address);
  return protocol === 'http:' || protocol === 'https:' ? href : 'about:invalid';
}

/** Attributes whose value a browser follows. */
const addressAttribute = /\s(?:href|src|action|cite|poster)="$/;

function render(value: HtmlValue): string {
  if (value instanceof Html) return value.markup;
  if (typeof value === 'string') return escapeHtml(value);
  if (typeof value === 'number') return String(value);
  if (value === null || value === undefined || value === false) return '';
  return value.map(render).join('');
}

/**
 * A page template that escapes all it is given. Attributes must be quoted; the value of an attribute that a browser
 * follows (`href`, `src`, …) also passes `safeUrl`, so no template can forget it.
 */
export function html(parts: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  let markup = parts[0] ?? '';
  for (const [index, value] of values.entries()) {
    const isAddress = addressAttribute.test(parts[index] ?? '');
    markup += isAddress ? escapeHtml(safeUrl(String(value ?? ''))) : render(value);
    markup += parts[index + 1] ?? '';
  }
  return new Html(markup);
}

/** Markup that was sanitised before it was stored. */
export const trustedHtml = (sanitised: string): Html => new Html(sanitised);
