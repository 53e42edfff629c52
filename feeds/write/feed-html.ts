import { load } from 'cheerio';
import type { AnyNode, Element } from 'domhandler';
import { resolveAddress } from '../../src/text/address.ts';
import { escapeMarkup } from '../../src/text/escape.ts';
import { plainText } from '../../src/text/plain-text.ts';
import { webAddress, withoutControls } from './printable.ts';

/** Elements that feed readers show and the W3C feed validator accepts, with the attributes that are kept. */
const kept: Readonly<Record<string, readonly string[]>> = {
  a: ['href', 'title'],
  abbr: ['title'],
  b: [],
  bdi: ['dir'],
  bdo: ['dir'],
  blockquote: [],
  br: [],
  caption: [],
  cite: [],
  code: [],
  dd: [],
  del: [],
  div: ['dir'],
  dl: [],
  dt: [],
  em: [],
  figcaption: [],
  figure: [],
  h1: [],
  h2: [],
  h3: [],
  h4: [],
  h5: [],
  h6: [],
  hr: [],
  i: [],
  img: ['src', 'alt', 'title', 'width', 'height'],
  ins: [],
  li: [],
  mark: [],
  ol: ['start'],
  p: ['dir'],
  pre: [],
  q: [],
  s: [],
  small: [],
  span: ['dir'],
  strong: [],
  sub: [],
  sup: [],
  table: [],
  tbody: [],
  td: ['colspan', 'rowspan'],
  tfoot: [],
  th: ['colspan', 'rowspan'],
  thead: [],
  time: ['datetime'],
  tr: [],
  u: [],
  ul: [],
};

/** Elements that go with all that is in them; of others that are not kept only the tags go. */
const removed = new Set(
  'script style iframe object embed applet svg math form input button select textarea noscript template video audio canvas head title link meta frame frameset noframes map'.split(
    ' ',
  ),
);

const empty = new Set(['br', 'hr', 'img']);
const numeric = new Set(['width', 'height', 'start', 'colspan', 'rowspan']);
/** parse5 takes quadratic time on deep nesting; real articles have a few thousand tags. */
const maxTags = 20_000;
const maxDepth = 100;

/**
 * HTML → HTML fit for a feed: parsed as a browser would and written out again without a parse error, with harmless
 * elements and attributes only and absolute addresses (`baseUrl` resolves relative ones). Doing it twice changes nothing.
 */
export function feedHtml(html: string, baseUrl: string): string {
  const text = withoutControls(html);
  if (!/[<&]/.test(text)) return text.trim();
  if (text.split('<').length > maxTags) return escapeMarkup(plainText(text));
  const nodes = load(text, null, false).root().contents().toArray();
  return nodes
    .map((node) => write(node, baseUrl, 0))
    .join('')
    .trim();
}

function write(node: AnyNode, baseUrl: string, depth: number): string {
  // A reference such as &#3; brings in what was taken out of the source.
  if (node.type === 'text') return escapeMarkup(withoutControls(node.data));
  if (!('name' in node) || !('attribs' in node) || removed.has(node.name)) return '';
  if (depth > maxDepth) return '';
  const inner = node.children.map((child) => write(child, baseUrl, depth + 1)).join('');
  if (!Object.hasOwn(kept, node.name)) return inner;
  const attributes = writeAttributes(node, baseUrl);
  // A link or picture that leads nowhere.
  if (node.name === 'a' && !attributes.includes(' href=')) return inner;
  if (node.name === 'img' && !attributes.includes(' src=')) return '';
  // A line break at the start of <pre> is dropped by parsers; so that twice gives the same as once, none is written.
  if (node.name === 'pre') return `<pre>${inner.replace(/^\n+/, '')}</pre>`;
  return empty.has(node.name) ? `<${node.name}${attributes}>` : `<${node.name}${attributes}>${inner}</${node.name}>`;
}

function writeAttributes(node: Element, baseUrl: string): string {
  let out = '';
  for (const name of kept[node.name] ?? []) {
    let value: string | undefined = node.attribs[name];
    if (value === undefined) continue;
    if (name === 'href' || name === 'src') value = webAddress(resolveAddress(value, baseUrl));
    else if (numeric.has(name) && !/^\d{1,5}$/.test(value)) value = undefined;
    else if (name === 'dir' && !/^(?:ltr|rtl|auto)$/.test(value)) value = undefined;
    if (value !== undefined) out += ` ${name}="${escapeMarkup(value)}"`;
  }
  return out;
}
