import { decodeHTML } from 'entities';

/** What was escaped once too often, some three times: a plain text holds no references, and the validator takes them for HTML. */
function withoutReferences(text: string, turns = 3): string {
  const read = text.replace(/&(?:[a-z]+\d*|#\d+|#x[\da-f]+);/gi, (reference) => decodeHTML(reference));
  return read === text || turns === 1 ? read : withoutReferences(read, turns - 1);
}

/**
 * Text on one line without what XML 1.0 forbids, without C1 controls, noncharacters and U+FFFD (the validator takes them
 * for a charset error), and with end tags taken apart (`</b>` in a headline is taken for HTML).
 */
export const printable = (text: string): string =>
  withoutControls(withoutReferences(text))
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/<\/(?=[a-z])/gi, '< /');

export const withoutControls = (text: string): string =>
  text
    .toWellFormed()
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the ones to remove
    .replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffd-\uffff]|[\u{1fffe}\u{1ffff}]/gu, '');

/** An absolute http(s) address in the characters of RFC 2396, to which the validator holds; undefined for any other. */
export function webAddress(raw: string | undefined): string | undefined {
  if (raw === undefined || !URL.canParse(raw)) return undefined;
  const url = new URL(raw);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  return (
    url.origin +
    url.href
      .slice(url.href.indexOf(url.host) + url.host.length)
      .replace(/[^0-9a-z;/?:@&=+$.\-_!~*'()%,#]/gi, encodeURIComponent)
  );
}
