/** Of RFC 5005. */
export const historyNamespace = 'http://purl.org/syndication/history/1.0';

/** Values that are left out when they are undefined. */
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/**
 * An element with plain text, on a line of its own. Hexadecimal references for `&` and `<`, as the RSS Best Practices
 * Profile asks for in titles: readers that decode twice and readers that decode once then show the same.
 */
export const textElement = (name: string, text: string | undefined, attributes: Attributes = {}): string =>
  text === undefined ? '' : `<${name}${writeAttributes(attributes)}>${escapeText(text)}</${name}>\n`;

/** An element whose text is HTML. */
export const htmlElement = (name: string, html: string | undefined, attributes: Attributes = {}): string =>
  html === undefined ? '' : `<${name}${writeAttributes(attributes)}>${escapeBetweenTags(html)}</${name}>\n`;

export const emptyElement = (name: string, attributes: Attributes): string =>
  `<${name}${writeAttributes(attributes)}/>\n`;

export const element = (name: string, children: readonly string[], attributes: Attributes = {}): string =>
  `<${name}${writeAttributes(attributes)}>\n${children.join('')}</${name}>\n`;

const writeAttributes = (attributes: Attributes): string =>
  Object.entries(attributes)
    .map(([name, value]) => (value === undefined ? '' : ` ${name}="${escapeText(String(value))}"`))
    .join('');

const escapeText = (text: string): string =>
  text.replaceAll('&', '&#x26;').replaceAll('<', '&#x3C;').replaceAll('>', '&#x3E;').replaceAll('"', '&#x22;');

/** Not the quotes, of which HTML is full: between tags they may stand. */
const escapeBetweenTags = (html: string): string =>
  html.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
