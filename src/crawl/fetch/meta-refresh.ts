import { attributeOf, headTags } from './meta-tags.ts';

/** So much of a page is looked at. */
const headLength = 50_000;

/** The text without what stands between the marks; what is never closed is left out to its end. */
function without(text: string, open: string, close: string): string {
  const lower = text.toLowerCase();
  let kept = '';
  for (let at = 0; ; ) {
    const start = lower.indexOf(open, at);
    if (start < 0) return kept + text.slice(at);
    kept += text.slice(at, start);
    const end = lower.indexOf(close, start + open.length);
    if (end < 0) return kept;
    at = end + close.length;
  }
}

/**
 * The address that a page sends its readers on to by `<meta http-equiv=refresh>` within five seconds; not the page itself
 * (news pages reload themselves), and not from within `<noscript>`. Linear in the page.
 */
export function metaRefresh(html: string, pageUrl: string): string | undefined {
  const head = without(without(html.slice(0, headLength), '<!--', '-->'), '<noscript', '</noscript>');
  const tag = headTags(head, 'meta').find((each) => /^refresh$/i.test(attributeOf(each, 'http-equiv')));
  if (tag === undefined) return undefined;
  const [, seconds = '', rest = ''] = /^(\d{1,9})(?:\.\d{0,9})?(.*)$/s.exec(attributeOf(tag, 'content')) ?? [];
  const [, address = ''] = /^[;,]\s*url\s{0,9}=(.*)$/is.exec(rest.trim().replaceAll('&amp;', '&')) ?? [];
  const target = address.trim().replace(/^["']|["']$/g, '');
  if (target === '' || Number(seconds) > 5) return undefined;
  const url = URL.parse(target, pageUrl);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  url.hash = '';
  return url.href === pageUrl ? undefined : url.href;
}
