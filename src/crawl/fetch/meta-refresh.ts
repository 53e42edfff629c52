const refresh = /<meta\b[^>]{0,200}?http-equiv\s*=\s*["']?refresh\b[^>]{0,2000}>/i;
const target = /content\s*=\s*(?:"([^"]*)"|'([^']*)')/i;

/**
 * The address that a page sends its readers on to by `<meta http-equiv=refresh>` within five seconds; not the page itself
 * (news pages reload themselves), and not from within `<noscript>`.
 */
export function metaRefresh(html: string, pageUrl: string): string | undefined {
  const head = html.slice(0, 50_000).replace(/<noscript\b[\s\S]*?<\/noscript>|<!--[\s\S]*?-->/gi, '');
  const content = target.exec(refresh.exec(head)?.[0] ?? '');
  const match = /^\s*(\d+)(?:\.\d*)?\s*[;,]\s*url\s*=\s*["']?(.+?)["']?\s*$/i.exec(
    (content?.[1] ?? content?.[2] ?? '').replaceAll('&amp;', '&'),
  );
  if (!match?.[2] || Number(match[1]) > 5) return undefined;
  const url = URL.parse(match[2], pageUrl);
  if (!url || (url.protocol !== 'http:' && url.protocol !== 'https:')) return undefined;
  url.hash = '';
  return url.href === pageUrl ? undefined : url.href;
}
