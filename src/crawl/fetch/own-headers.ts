import type { Source } from '../../domain/source.ts';
import { siteOf } from './site.ts';

type Addresses = Pick<Source, 'headers' | 'home' | 'feeds' | 'sitemaps' | 'sections'>;

/**
 * The headers of a source for the requests to its own sites: they may be a key to it (`Authorization`, `Cookie`), so no
 * other host hears them, be it a redirect's target or linked by its feed; nor does anybody on the way, unless the
 * source itself is listed with plain http there.
 */
export function ownHeaders({ headers, home, feeds, sitemaps, sections }: Addresses) {
  const key = (url: URL) => `${url.protocol}//${siteOf(url)}`;
  const own = new Set([home, ...feeds, ...sitemaps, ...sections].map((address) => key(new URL(address))));
  return (url: URL): Readonly<Record<string, string>> => {
    const isOwn = own.has(key(url)) || (url.protocol === 'https:' && own.has(`http://${siteOf(url)}`));
    return isOwn ? headers : {};
  };
}
