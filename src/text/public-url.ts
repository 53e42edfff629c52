import { canonicalUrl } from './canonical-url.ts';
import { trackingNames, trackingPrefixes } from './tracking-parameters.ts';

const isTracking = (name: string): boolean =>
  trackingNames.has(name) || trackingPrefixes.some((prefix) => name.startsWith(prefix));

/** The address without what only tells how a reader came to it; the rest stays as written. */
function withoutTracking(address: string): string {
  const url = URL.parse(address);
  if (!url || url.search === '') return address;
  const parts = url.search.slice(1).split('&');
  const kept = parts.filter((part) => !isTracking((part.split('=', 1)[0] ?? '').toLowerCase()));
  if (kept.length === parts.length) return address;
  url.search = kept.join('&');
  return url.href;
}

/**
 * The address that subscribers get: the one that the page names as its own where it is another form of the address that
 * answered (AMP, print, mobile, with tracking), else the address that answered; without tracking either way.
 */
export function publicUrl(answered: string, named: string | undefined): string {
  const isSame = named !== undefined && canonicalUrl(named) === canonicalUrl(answered) && URL.canParse(named);
  // A site that answers with https is not sent back to http.
  const isSafe = isSame && (named.startsWith('https:') || !answered.startsWith('https:'));
  return withoutTracking(isSafe ? named : answered);
}
