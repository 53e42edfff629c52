import type { ArticleId, Instant, StoryId } from '../domain/article.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';
import {
  type CandidateSearch,
  type Candidates,
  type Copy,
  candidateLimit,
  type DedupeIndex,
  holdersLimit,
  type KnownArticle,
} from './dedupe-index.ts';
import { keysNeeded } from './keys.ts';
import { MemoryStories } from './memory-stories.ts';
import type { ReviewItem } from './review-item.ts';
import type { StoryChange } from './stories.ts';
import type { KnownStory, StoryMember } from './story-index.ts';
import type { StoryTerms, TermCounts } from './story-terms.ts';

/** An article and the number of its version: small numbers came first. */
interface Version {
  readonly article: KnownArticle;
  readonly number: number;
}

/** An index that lives as long as the process. */
export class MemoryIndex implements DedupeIndex {
  readonly #versions = new Map<ArticleId, Version>();
  readonly #addresses = new Map<CanonicalUrl, ArticleId>();
  readonly #texts = new Map<string, ArticleId>();
  /** Who holds a key, the latest last. */
  readonly #holders = new Map<number, ArticleId[]>();
  readonly #stories = new MemoryStories();
  #latest = 0;

  async add(article: KnownArticle, change: StoryChange, _review?: ReviewItem): Promise<void> {
    this.#write(article);
    this.#stories.add(memberOf(article), article.story, article.fingerprint, change);
  }

  async replace(known: KnownArticle, version: KnownArticle): Promise<void> {
    this.#forget(known.id);
    this.#write(version);
    this.#stories.replace(memberOf(version));
  }

  async addCopy(of: KnownArticle, { key }: Copy): Promise<void> {
    if (key && !this.#addresses.has(key)) this.#addresses.set(key, of.id);
  }

  async find(searches: readonly CandidateSearch[]): Promise<readonly Candidates[]> {
    return searches.map(({ addresses, fingerprint }) => ({
      atAddress: addresses.flatMap((key) => {
        const article = this.#article(this.#addresses.get(key));
        return article ? [{ key, article }] : [];
      }),
      sameText: fingerprint.textHash === undefined ? undefined : this.#article(this.#texts.get(fingerprint.textHash)),
      near: this.#byKeys(fingerprint.keys),
    }));
  }

  termCounts(terms: readonly number[]): Promise<TermCounts> {
    return this.#stories.termCounts(terms);
  }

  byTerms(terms: StoryTerms, at: Instant | undefined): Promise<readonly KnownStory[]> {
    return this.#stories.byTerms(terms, at);
  }

  members(stories: readonly StoryId[], limit: number): Promise<readonly StoryMember[]> {
    return this.#stories.members(stories, limit);
  }

  /** The story that an article belongs to by now. */
  storyOf(id: ArticleId): StoryId | undefined {
    return this.#stories.storyOf(id);
  }

  #article(id: ArticleId | undefined): KnownArticle | undefined {
    const version = id === undefined ? undefined : this.#versions.get(id);
    return version && { ...version.article, story: this.storyOf(version.article.id) ?? version.article.story };
  }

  #write(article: KnownArticle): void {
    this.#versions.set(article.id, { article, number: ++this.#latest });
    if (article.urlKey) this.#addresses.set(article.urlKey, article.id);
    const { textHash, keys } = article.fingerprint;
    // Another article's words: that one keeps the hash by which the words are found.
    if (textHash && !this.#texts.has(textHash)) this.#texts.set(textHash, article.id);
    for (const key of keys) {
      const holders = this.#holders.get(key);
      if (holders) holders.push(article.id);
      else this.#holders.set(key, [article.id]);
    }
  }

  #forget(id: ArticleId): void {
    const before = this.#versions.get(id)?.article.fingerprint;
    if (!before) return;
    if (before.textHash && this.#texts.get(before.textHash) === id) this.#texts.delete(before.textHash);
    for (const key of before.keys) {
      const holders = this.#holders.get(key)?.filter((holder) => holder !== id) ?? [];
      if (holders.length > 0) this.#holders.set(key, holders);
      else this.#holders.delete(key);
    }
  }

  #byKeys(keys: Int32Array): readonly KnownArticle[] {
    const shared = new Map<ArticleId, number>();
    for (const key of keys)
      for (const id of this.#holders.get(key)?.slice(-holdersLimit) ?? []) shared.set(id, (shared.get(id) ?? 0) + 1);
    return [...shared]
      .flatMap(([id, count]) => {
        const version = this.#versions.get(id);
        const fewer = Math.min(keys.length, version?.article.fingerprint.keys.length ?? 0);
        return version && count >= keysNeeded(fewer) ? [{ id, count, number: version.number }] : [];
      })
      .sort((a, b) => b.count - a.count || a.number - b.number)
      .slice(0, candidateLimit)
      .flatMap(({ id }) => this.#article(id) ?? []);
  }
}

const memberOf = ({ id, at, source, fingerprint: { terms, outline } }: KnownArticle): StoryMember => ({
  ...{ id, at, source, terms, outline },
});
