import { createHash } from 'node:crypto';
import { getDomain } from 'tldts';
import type { ArticleId } from '../domain/article.ts';
import { type CanonicalUrl, canonicalUrl } from '../text/canonical-url.ts';

/** The addresses of one page as keys. */
export interface PageKeys {
  /** The article's own key, if it turns out to be new. */
  readonly own: CanonicalUrl;
  /** Key of the address that answered. */
  readonly page: CanonicalUrl;
  /** Every key under which it may be known already, the surest first. */
  readonly all: readonly CanonicalUrl[];
}

/**
 * Keys of a page that was reached by a link. The page's own word (`rel=canonical`) counts when it stays on the site: a page that names
 * another site is a copy of what stands there, if we have that, but lives here. A front page is no article's address.
 * @param link key of the link as found
 * @param pageUrl the address that answered, after redirects
 * @param named `rel=canonical` or `og:url`
 */
export function pageKeys(link: CanonicalUrl, pageUrl: string, named: string | undefined): PageKeys {
  const page = articleKey(pageUrl) ?? link;
  const canonical = named === undefined ? undefined : articleKey(named);
  const own = canonical && site(canonical) === site(page) ? canonical : page;
  return { own, page, all: [...new Set([canonical ?? own, own, page, link])] };
}

function articleKey(address: string): CanonicalUrl | undefined {
  const key = canonicalUrl(address);
  return key && new URL(key).pathname + new URL(key).search + new URL(key).hash !== '/' ? key : undefined;
}

const site = (key: CanonicalUrl): string => getDomain(key) ?? new URL(key).hostname;

/**
 * The id of an article first seen under this key with this text: a UUID (version 8, RFC 9562) that a repeated job makes again, so that
 * an outcome told before a crash of the database stays true after it.
 */
export function newArticleId(key: CanonicalUrl, textHash: string | undefined): ArticleId {
  const hex = createHash('sha256')
    .update(`${key}\n${textHash ?? ''}`)
    .digest('hex');
  const variant = ((Number.parseInt(hex[16] ?? '0', 16) & 3) | 8).toString(16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
