import { printable, webAddress } from './printable.ts';
import { element, emptyElement, textElement } from './xml.ts';

/** A feed in a list of subscriptions, or a group of them. */
export type OutOutline =
  | { readonly title: string; readonly feedUrl: string; readonly homeUrl?: string | undefined }
  | { readonly title: string; readonly outlines: readonly OutOutline[] };

/**
 * OPML 2.0 (https://opml.org/spec2.opml): a list of subscriptions that feed readers import. Feeds without an http(s) address and groups
 * without a feed are left out.
 */
export function toOpml(list: { readonly title: string; readonly outlines: readonly OutOutline[] }): string {
  const head = element('head', [textElement('title', printable(list.title))]);
  const body = element('body', list.outlines.map(outline));
  return `<?xml version="1.0" encoding="utf-8"?>\n${element('opml', [head, body], { version: '2.0' })}`;
}

function outline(one: OutOutline): string {
  if ('outlines' in one) {
    const inside = one.outlines.map(outline).filter((text) => text !== '');
    const text = printable(one.title);
    return inside.length === 0 ? '' : element('outline', inside, { text, title: text });
  }
  const xmlUrl = webAddress(one.feedUrl);
  if (xmlUrl === undefined) return '';
  const text = printable(one.title) || xmlUrl;
  return emptyElement('outline', { type: 'rss', text, title: text, xmlUrl, htmlUrl: webAddress(one.homeUrl) });
}
