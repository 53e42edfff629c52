import { getDomain } from 'tldts';

/**
 * The unit of politeness: the registrable domain (public suffix list with its private part, so that each blog of a
 * blog host is its own), or host and port where there is none.
 */
export const siteOf = (url: URL): string => getDomain(url.hostname, { allowPrivateDomains: true }) ?? url.host;
