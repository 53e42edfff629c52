import { decodeHTML, decodeHTMLAttribute } from 'entities';
import { isNamed, KnownNames } from './known-names.ts';

/** What takes the pieces of a page. */
export interface Receiver {
  /** Takes nothing more: scanning ends. */
  readonly full: boolean;
  /** Neither text nor attributes are wanted at present. */
  readonly skipping: boolean;
  /** Inside a drawing or a formula, which have rules of their own. */
  readonly foreign: boolean;
  /** The attributes that are wanted. */
  readonly attributes: KnownNames;
  /** An opening tag; `closed` when it is written so, which holds inside drawings and formulas only. */
  open(name: string, attributes: Record<string, string>, closed: boolean): void;
  close(name: string): void;
  /** Text with its entities decoded. */
  text(data: string): void;
  /** The text of a script that holds structured data. */
  data(text: string): void;
  /** What a `<noscript>` holds, when it is long enough to be a text. */
  markup(html: string): void;
}

const limits = {
  /** Attributes kept of one element, and characters of each. */
  attributes: 40,
  attributeLength: 4_000,
  /** Characters of a `<noscript>` below which it holds a counter or a plea for scripts. */
  leastMarkup: 600,
} as const;

/** Elements whose content is no markup but text up to their closing tag; in the first two entities are decoded. */
const textual = new Set('title textarea iframe noembed noframes xmp plaintext'.split(' '));
/** Elements that are left out with all they hold: half of the characters of a page. */
const leftOut = new Set('script style svg noscript'.split(' '));

const elements = new KnownNames(
  [
    'a abbr address area article aside audio b base blockquote body br button caption center cite',
    'code col colgroup dd del details div dl dt em embed fieldset figcaption figure font footer form',
    'h1 h2 h3 h4 h5 h6 head header hr html i iframe img input ins label legend li link main map mark',
    'meta nav noscript object ol optgroup option p param path picture pre q s script section select',
    'small source span strike strong style sub summary sup svg table tbody td textarea tfoot th',
    'thead time title tr track u ul use video wbr',
  ].flatMap((names) => names.split(' ')),
);

const noAttributes: Record<string, string> = Object.freeze({}) as Record<string, string>;

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 9 || code === 13 || code === 12;
const isLetter = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
const endsName = (code: number): boolean => code === 62 || code === 47 || isSpace(code);

/**
 * Reads a page as tags and text, tolerantly, as browsers do (HTML Standard, 13.2.5): a tokenizer for pages that are looked at once. It
 * jumps from one `<` to the next instead of asking a state for each character, cuts nothing out that nobody reads, and leaves out
 * scripts, styles, drawings and comments on the way, which took half of the time of parsing. Linear in the input. Tells whether all of
 * it was read; `most` is the number of characters after which it ends, those left out not counted.
 */
export function scan(html: string, receiver: Receiver, most: number): boolean {
  const end = html.length;
  /** What is known to have no closing tag in the rest of the page: without this, scanning would be quadratic. */
  const unclosed = new Set<string>();
  let from = 0;
  let at = 0;
  let left = 0;

  const flush = (to: number): void => {
    if (to > from && !receiver.skipping) receiver.text(decoded(html.slice(from, Math.min(to, left + most))));
  };
  /** The place of the closing tag of an element, -1 when there is none. */
  const closingOf = (name: string, start: number): number => {
    for (let i = html.indexOf('</', start); i !== -1; i = html.indexOf('</', i + 2)) {
      const after = i + 2 + name.length;
      if ((after >= end || endsName(html.charCodeAt(after))) && isNamed(html, i + 2, name)) return i;
    }
    return -1;
  };
  const after = (position: number, length: number): number => (position === -1 ? end : position + length);
  const leaveOut = (to: number): void => {
    receiver.text(' ');
    left += to - at;
    at = to;
    from = to;
  };

  while (at < end && !receiver.full) {
    if (at - left > most) {
      flush(at);
      return false;
    }
    const start = html.indexOf('<', at);
    if (start === -1) break;
    const code = html.charCodeAt(start + 1);
    if (isLetter(code)) {
      let i = start + 2;
      while (i < end && !endsName(html.charCodeAt(i))) i++;
      const name = nameAt(html, start + 1, i);
      if (leftOut.has(name) && !unclosed.has(name)) {
        const tagEnd = html.indexOf('>', i);
        const closing = html.charCodeAt(tagEnd - 1) === 47 && name === 'svg' ? tagEnd : closingOf(name, i);
        if (closing !== -1 || name === 'script' || name === 'style') {
          flush(start);
          at = start;
          if (name === 'script' && closing !== -1 && /ld\+json/i.test(html.slice(i, Math.min(tagEnd, i + 600))))
            receiver.data(html.slice(tagEnd + 1, closing));
          if (name === 'noscript') {
            openPicture(html, tagEnd, closing, receiver);
            if (closing - tagEnd > limits.leastMarkup) receiver.markup(html.slice(tagEnd + 1, closing));
          }
          leaveOut(closing === -1 ? end : after(html.indexOf('>', closing), 1));
          continue;
        }
        unclosed.add(name);
      }
      flush(start);
      const tag = readTag(html, i, receiver);
      if (tag.end === -1) return true;
      at = tag.end;
      from = at;
      receiver.open(name === 'image' ? 'img' : name, tag.attributes, tag.closed);
      if (textual.has(name) && !receiver.foreign) {
        const closing = name === 'plaintext' ? -1 : closingOf(name, at);
        at = closing === -1 ? end : closing;
        if (!receiver.skipping) {
          const text = html.slice(from, Math.min(at, left + most));
          receiver.text(name === 'title' || name === 'textarea' ? decoded(text) : text);
        }
        from = at;
      }
    } else if (code === 47) {
      const first = html.charCodeAt(start + 2);
      flush(start);
      if (isLetter(first)) {
        let i = start + 3;
        while (i < end && !endsName(html.charCodeAt(i))) i++;
        if (i === end) return true;
        receiver.close(elements.at(html, start + 2, i) ?? html.slice(start + 2, i).toLowerCase());
      }
      at = after(html.indexOf('>', start + 2), 1);
      from = at;
    } else if (code === 33 || code === 63) {
      flush(start);
      at = start;
      if (html.startsWith('<!--', start)) {
        if (html.charCodeAt(start + 4) === 62) leaveOut(start + 5);
        else if (html.startsWith('->', start + 4)) leaveOut(start + 6);
        else leaveOut(endOfComment(html, start + 4));
      } else {
        const cdata = html.startsWith('<![CDATA[', start) ? html.indexOf(']]>', start) : -1;
        at = cdata === -1 ? after(html.indexOf('>', start), 1) : cdata + 3;
        from = at;
      }
    } else at = start + 1;
  }
  if (!receiver.full) flush(end);
  return end - left <= most;
}

/** The name of an element, in lower case. */
function nameAt(html: string, start: number, end: number): string {
  const known = elements.at(html, start, end);
  if (known !== undefined) return known;
  // <script="async">
  const written = html.slice(start, end).toLowerCase();
  return written.includes('=') ? written.slice(0, written.indexOf('=')) : written;
}

/** The picture that stands in for one that a script would load: all that is read of a `<noscript>`. */
function openPicture(html: string, from: number, to: number, receiver: Receiver): void {
  const start = html.indexOf('<img', from);
  if (start === -1 || start > to || !endsName(html.charCodeAt(start + 4))) return;
  const { attributes, end } = readTag(html, start + 4, receiver);
  if (end !== -1 && end <= to) receiver.open('img', attributes, false);
}

function endOfComment(html: string, from: number): number {
  const plain = html.indexOf('-->', from);
  if (plain !== -1) return plain + 3;
  const odd = html.indexOf('--!>', from);
  return odd === -1 ? html.length : odd + 4;
}

/** The attributes of a tag whose name ends at `from`. `end` is -1 when the page ends inside the tag. */
function readTag(
  html: string,
  from: number,
  receiver: Receiver,
): { readonly attributes: Record<string, string>; readonly end: number; readonly closed: boolean } {
  const length = html.length;
  let attributes = noAttributes;
  let count = 0;
  let closed = false;
  let at = from;
  while (at < length) {
    const code = html.charCodeAt(at);
    if (code === 62) return { attributes, end: at + 1, closed };
    if (code === 47 || isSpace(code)) {
      if (code === 47) closed = true;
      at++;
      continue;
    }
    closed = false;
    const nameStart = at++;
    while (at < length && html.charCodeAt(at) !== 61 && !endsName(html.charCodeAt(at))) at++;
    const nameEnd = at;
    while (at < length && isSpace(html.charCodeAt(at))) at++;
    let valueStart = at;
    let valueEnd = at;
    if (html.charCodeAt(at) === 61) {
      at++;
      while (at < length && isSpace(html.charCodeAt(at))) at++;
      const quote = html.charCodeAt(at);
      if (quote === 34 || quote === 39) {
        valueStart = at + 1;
        valueEnd = html.indexOf(quote === 34 ? '"' : "'", valueStart);
        if (valueEnd === -1) break;
        at = valueEnd + 1;
      } else {
        valueStart = at;
        while (at < length && html.charCodeAt(at) !== 62 && !isSpace(html.charCodeAt(at))) at++;
        valueEnd = at;
      }
    }
    if (receiver.skipping || count >= limits.attributes) continue;
    const name = receiver.attributes.at(html, nameStart, nameEnd);
    if (name === undefined || name in attributes) continue;
    if (count++ === 0) attributes = {};
    const value = html.slice(valueStart, valueEnd);
    const text = value.includes('&') ? decodeHTMLAttribute(value) : value;
    attributes[name] = text.length > limits.attributeLength ? text.slice(0, limits.attributeLength) : text;
  }
  return { attributes, end: -1, closed: false };
}

const decoded = (text: string): string => (text.includes('&') ? decodeHTML(text) : text);
