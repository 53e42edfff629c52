import type { Label } from '../domain/article.ts';
import { sections } from './sections.ts';
import { topics } from './topics.ts';

/** A topic that the publisher's own words name. */
export interface PublisherTopic {
  readonly id: string;
  readonly confidence: number;
  /** The publisher's label or the part of the address. */
  readonly evidence: string;
}

const bySlug = new Map(topics.map((topic) => [topic.slug, topic.id]));
const idOf = new Map<string, string>();
for (const [slug, words] of Object.entries(sections)) {
  const id = bySlug.get(slug);
  if (!id) throw new Error(`no such topic: ${slug}`);
  for (const word of words) idOf.set(plain(word), id);
}

/** Lower case, without accents, hyphens and endings of file names: 'Ciência-e-Tecnologia' → 'ciencia e tecnologia'. */
function plain(word: string): string {
  return word
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/\.(?:html?|php|aspx?)$/, '')
    .replace(/[\s_+&/-]+/g, ' ')
    .trim();
}

/**
 * A section in the address names the right topic in 95 of 100 English articles that have one (measured on HuffPost's and BBC's
 * addresses; it covers 28 in 100). Labels that a publisher gives an item are of the same make. Both are held below that share,
 * because most sites are not English.
 */
const labelConfidence = 0.85;
const urlConfidence = 0.8;

/** The topics that a publisher's labels and the sections in the address name, labels first; unknown words say nothing. */
export function publisherTopics(labels: readonly string[], url: string | undefined): PublisherTopic[] {
  const found = new Map<string, PublisherTopic>();
  const note = (word: string, evidence: string, confidence: number) => {
    const id = idOf.get(plain(word));
    if (id && !found.has(id)) found.set(id, { id, confidence, evidence });
  };
  for (const label of labels) {
    note(label, label, labelConfidence);
    // 'News / Sport' and 'sport|football' are several labels in one.
    for (const part of label.split(/[/|>»;,]/)) note(part, label, labelConfidence);
  }
  for (const section of urlSections(url)) note(section, `/${section}/`, urlConfidence);
  return [...found.values()];
}

/** Folders of the address, without its last part (the article's own name), and the host's first name (`sport.example`). */
function urlSections(url: string | undefined): string[] {
  if (!url || !URL.canParse(url, 'https://example.invalid')) return [];
  const { hostname, pathname } = new URL(url, 'https://example.invalid');
  const folders = pathname
    .split('/')
    .slice(1, -1)
    .map(decode)
    .filter((folder) => folder.length > 2);
  const host = hostname.split('.').slice(0, -2)[0] ?? '';
  return [...folders, host].slice(0, 6);
}

function decode(folder: string): string {
  try {
    return decodeURIComponent(folder);
  } catch {
    return folder;
  }
}

export const asLabel = ({ id, confidence, evidence }: PublisherTopic): Label => ({
  id,
  confidence,
  origin: 'publisher',
  evidence: [evidence],
});
