import { plainText } from '../../src/text/plain-text.ts';
import type { FeedCategory } from './document.ts';
import type { Fields } from './fields.ts';

const maxLabels = 100;

/** The publisher's labels of an item, each once for its scheme. */
export function readLabels(item: Fields): FeedCategory[] {
  const found = new Map<string, FeedCategory>();
  const add = (name: string | undefined, domain: string | undefined): void => {
    const label = plainText(name ?? '');
    if (label !== '' && !found.has(`${domain}\n${label}`))
      found.set(`${domain}\n${label}`, { name: label, domain: domain || undefined });
  };
  for (const { text, attributes } of item('rss-category')) add(text, attributes.domain);
  for (const { text, attributes } of item('atom-category'))
    add(attributes.label || attributes.term || text, attributes.scheme);
  for (const { text } of item('dc-subject')) add(text, undefined);
  for (const { text, attributes } of item('media-category')) add(attributes.label || text, attributes.scheme);
  for (const { text } of item('media-keywords')) for (const word of text.split(',')) add(word, undefined);
  return [...found.values()].slice(0, maxLabels);
}
