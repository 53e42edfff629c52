import { compare, type Features } from '../../../src/dedupe/features.ts';
import { fingerprintOf } from '../../../src/dedupe/fingerprint.ts';
import { MemoryIndex } from '../../../src/dedupe/memory-index.ts';
import { sourceBoilerplate } from '../../../src/dedupe/source-boilerplate.ts';
import { canonicalUrl } from '../../../src/text/canonical-url.ts';
import type { readArticles } from './data.ts';

/** A newcomer and a published article that the index put before it, with what is known of the two. */
export interface TrainingPair {
  readonly a: string;
  readonly b: string;
  readonly features: Features;
  readonly same: boolean;
}

/**
 * Sends the articles through an index as the wire does (the first of a group is published, its duplicates are not) and returns the
 * comparisons that were made, so that the scorer is trained on what it will be asked.
 * @param articles in order of time
 * @param groupOf the group of duplicates an article belongs to; its own id where unknown
 * @param truth whether two articles are one; undefined where unknown
 */
export async function trainingPairs(
  articles: ReturnType<typeof readArticles>,
  groupOf: (id: string) => string,
  truth: (a: string, b: string) => boolean | undefined,
): Promise<TrainingPair[]> {
  const index = new MemoryIndex();
  const published = new Set<string>();
  const pairs: TrainingPair[] = [];
  for (const { id, url, title, text, published: at, source } of articles) {
    const fingerprint = fingerprintOf(title, text);
    const newcomer = { fingerprint, source: source ?? '', at: at ?? undefined };
    const [found] = await index.find([{ addresses: [], fingerprint }]);
    const near = found?.near ?? [];
    for (const known of near) {
      const same = truth(id, known.id);
      if (same === undefined || fingerprint.textHash === known.fingerprint.textHash) continue;
      const features = compare(newcomer, known, sourceBoilerplate(newcomer, known, near));
      pairs.push({ a: id, b: known.id, features, same });
    }
    if (published.has(groupOf(id))) continue;
    published.add(groupOf(id));
    const article = {
      ...newcomer,
      id,
      seenAt: undefined,
      urlKey: url ? canonicalUrl(url) : undefined,
      title,
      story: id,
    };
    // Stories are of no interest here.
    await index.replace(article, article);
  }
  return pairs;
}
