import { newestFirst } from './newest-first.ts';

/** Parts that list no articles: terms, people, pages, pictures. They are read only where nothing else is. */
const otherParts =
  /(?:^|[/_.-])(?:tags?|categor(?:y|ies)|authors?|users?|taxonom(?:y|ies)|pages?|images?|photos?|videos?|products?|topics?|sections?|locations?|media|attachments?|static|misc|profiles?|galler(?:y|ies)|events?|jobs?)(?:$|[/_.-]|\d)/i;
/** `wp-sitemap-posts-page-1.xml` lists pages, whatever stands before. */
const articleParts = /(?:^|[/_.-])(?:posts?-posts?|posts?|news|articles?|stor(?:y|ies))(?:$|[/_.-]|\d)/i;

function rankOf(url: string): number {
  const path = URL.parse(url)?.pathname ?? url;
  if (/news/i.test(path) && !/newsletter/i.test(path)) return 3;
  if (otherParts.test(path)) return 0;
  return articleParts.test(path) ? 2 : 1;
}

/**
 * Which parts of a sitemap index are read: those of news first, then those of articles, then such as do not say, at last
 * those of tags, authors and pages; among equals the newest by date, else by the date or the number in the address.
 */
export const bestParts = <T extends { readonly url: string; readonly updated?: string | undefined }>(
  parts: readonly T[],
  most: number,
): T[] =>
  newestFirst(parts)
    .sort((a, b) => rankOf(b.url) - rankOf(a.url))
    .slice(0, most);
