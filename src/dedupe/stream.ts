import type { Instant } from '../domain/article.ts';
import { canonicalUrl } from '../text/canonical-url.ts';
import { decide } from './decide.ts';
import { MemoryIndex } from './memory-index.ts';

/** An article of a list, in order of time. */
export interface StreamArticle {
  readonly id: string;
  readonly url: string | undefined;
  readonly title: string;
  readonly text: string;
  readonly published: Instant | undefined;
  readonly lang: string | undefined;
  readonly source: string;
}

/** What an article turned out to be. */
export interface StreamAnswer {
  readonly id: string;
  readonly kind: 'new' | 'update' | 'duplicate';
  readonly duplicateOf: string | null;
  /** Id of the article that opened the story. */
  readonly story: string;
}

/**
 * Decides article after article on an index of its own, as the ingest worker does on the store's, and answers when all were seen:
 * later articles show that two stories are one, or that one is two.
 */
export async function dedupeAll(
  articles: AsyncIterable<StreamArticle> | Iterable<StreamArticle>,
): Promise<StreamAnswer[]> {
  const index = new MemoryIndex();
  const decided: (Omit<StreamAnswer, 'story'> & { readonly of: string })[] = [];
  for await (const { id, url, source, ...article } of articles) {
    const urlKey = url ? canonicalUrl(url) : undefined;
    const { decision, fingerprint } = await decide({ ...article, source, urlKey, seenAt: undefined }, index);
    const of = decision.kind === 'new' ? id : decision.of;
    const story = decision.kind === 'new' ? decision.change.story.id : index.storyOf(of);
    const kept = {
      id: of,
      urlKey,
      source,
      at: article.published,
      title: article.title,
      fingerprint,
      story: story ?? id,
    };
    if (decision.kind === 'new') index.add(kept, decision.change);
    else if (decision.kind === 'update' || decision.replaces) index.replace(kept);
    else index.addCopy(of, urlKey);
    decided.push({ id, kind: decision.kind, duplicateOf: decision.kind === 'new' ? null : decision.of, of });
  }
  return decided.map(({ of, ...answer }) => ({ ...answer, story: index.storyOf(of) ?? of }));
}
