import { createHash } from 'node:crypto';
import type { Fingerprint } from '../dedupe/fingerprint.ts';
import type { Classification } from '../domain/article.ts';
import type { IngestInput } from '../ingest/ports.ts';
import { publicUrl } from '../text/public-url.ts';
import { searchVersion } from './search.ts';

/** The columns that come from the page and its labels, all but `search`. */
export function content({ link, source, extracted, pageUrl, classification }: IngestInput) {
  const image = extracted.image ?? (link.image ? { url: link.image } : undefined);
  return {
    url: publicUrl(pageUrl, extracted.canonicalUrl),
    source: source.id,
    title: storable(extracted.title),
    byline: (extracted.byline.length > 0 ? extracted.byline : link.authors).map(storable),
    agency: extracted.agency ?? null,
    summary: extracted.summary === undefined ? null : storable(extracted.summary),
    text: storable(extracted.text),
    html: storable(extracted.html),
    image: image ? storableJson(image) : null,
    site: extracted.site ?? null,
    section: extracted.section ?? null,
    tags: (extracted.tags.length > 0 ? extracted.tags : link.categories).map(storable),
    published: extracted.published ?? link.published ?? null,
    modified: extracted.modified ?? link.updated ?? null,
    lang: classification.lang,
    ...labelColumns(classification),
    rights: extracted.rights && Object.keys(extracted.rights).length > 0 ? storableJson(extracted.rights) : null,
    paywalled: extracted.paywalled,
    stub: extracted.stub ?? null,
    live_blog: extracted.liveBlog,
    opinion: extracted.opinion,
    search_version: searchVersion,
  };
}

/** The labels, and their ids in columns that filters search. */
export function labelColumns(classification: Classification) {
  const ids = (labels: readonly { readonly id: string }[]): string[] => labels.map((label) => label.id);
  return {
    countries: ids(classification.countries),
    regions: ids(classification.regions),
    topics: ids(classification.topics),
    labels: storableJson(classification),
  };
}

/** PostgreSQL's text holds every character but U+0000, and no halves of surrogate pairs. */
export const storable = (text: string): string => text.replaceAll('\0', '').toWellFormed();

export const storableJson = (value: object): string =>
  JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? storable(part) : part));

/** An article without words (a headline alone) is found by its address only. */
export const storedHash = (fingerprint: Fingerprint, otherwise: string): Buffer =>
  fingerprint.textHash
    ? Buffer.from(fingerprint.textHash, 'hex')
    : createHash('sha256').update(otherwise).digest().subarray(0, 16);
