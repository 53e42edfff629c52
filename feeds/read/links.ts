import type { AddressReader } from './address.ts';
import type { Field, Fields } from './fields.ts';

/** Where an item leads: its link, else a GUID or identifier that is an address. */
export function addressOf(item: Fields, address: AddressReader): string | undefined {
  const link = item('rss-link').find(hasAddress) ?? alternate(item('atom-link'));
  if (link) return address(link.text.trim() || link.attributes.href, link.attributes.base);
  const guid = item('rss-guid').find(
    ({ text, attributes }) => attributes.ispermalink?.toLowerCase() !== 'false' && isWebAddress(text),
  );
  const other = guid ?? [...item('atom-id'), ...item('rdf-about')].find(({ text }) => isWebAddress(text));
  return other && address(other.text, other.attributes.base);
}

const redirectPath =
  /\/(?:url|l\.php|redirect(?:or)?|redir|away(?:\.php)?|out|outbound|go|goto|click|exit|leave|track|link)\/?$/i;

/** The address that a counting or searching service's own address wraps: `https://search.example/url?q=https://paper.example/a`. */
export function wrappedAddress(address: string | undefined): string | undefined {
  if (address === undefined || !/=https?(?::|%3a)/i.test(address)) return undefined;
  const url = URL.parse(address);
  if (!url || !redirectPath.test(url.pathname)) return undefined;
  const targets = [...url.searchParams.values()].filter(
    (value) => isWebAddress(value) && URL.canParse(value) && new URL(value).host !== url.host,
  );
  return targets.length === 1 ? targets[0] : undefined;
}

export const hasAddress = ({ text, attributes }: Field): boolean => text.trim() !== '' || Boolean(attributes.href);
export const isWebAddress = (text: string): boolean => /^\s*https?:\/\/\S+\s*$/i.test(text);

/** What an Atom link leads to; `alternate` when it does not say (RFC 4287, 4.2.7.2). */
export const relationOf = ({ attributes }: Field): string =>
  attributes.rel?.trim().toLowerCase().replace('http://www.iana.org/assignments/relation/', '') || 'alternate';

/** The page that an Atom entry or feed stands for, HTML before other types. */
export function alternate(links: readonly Field[]): Field | undefined {
  const pages = links.filter((link) => hasAddress(link) && relationOf(link) === 'alternate');
  return (
    pages.find(({ attributes }) => attributes.type?.startsWith('text/html')) ??
    pages.find(({ attributes }) => !attributes.type) ??
    pages[0]
  );
}
