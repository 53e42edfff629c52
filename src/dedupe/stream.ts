import type { Instant } from '../article.ts';
import { canonicalUrl } from './canonical-url.ts';
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
  /** Id of the story's first article. */
  readonly story: string;
}

/** Decides article after article on an index of its own, as the ingest worker does on the store's. */
export function dedupeStream(): (article: StreamArticle) => Promise<StreamAnswer> {
  const index = new MemoryIndex();
  return async ({ id, url, source, ...article }) => {
    const urlKey = url ? canonicalUrl(url) : undefined;
    const { decision, print } = await decide({ ...article, source, urlKey, seenAt: undefined }, index);
    const of = decision.kind === 'new' ? id : decision.of;
    const story = (decision.kind === 'new' ? decision.story.id : index.storyOf(of)) ?? id;
    const kept = { id: of, urlKey, source, at: article.published, title: article.title, print, story };
    if (decision.kind === 'new') index.add(kept, decision.story);
    else if (decision.kind === 'update' || decision.replaces) index.replace(kept);
    else index.addCopy(of, urlKey);
    return { id, kind: decision.kind, duplicateOf: decision.kind === 'new' ? null : decision.of, story };
  };
}
