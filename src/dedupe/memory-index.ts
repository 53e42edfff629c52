import type { ArticleId, Instant, StoryId } from '../article.ts';
import type { CanonicalUrl } from './canonical-url.ts';
import {
  candidateLimit,
  type DedupeIndex,
  holdersLimit,
  type KeptArticle,
  type KnownStory,
  openDays,
  storyLimit,
  type TermCounts,
  type Twins,
} from './dedupe-index.ts';
import type { Fingerprint } from './fingerprint.ts';
import { keysNeeded } from './keys.ts';
import type { GrownStory } from './stories.ts';
import type { StoryTerms } from './story-terms.ts';

/** An index that lives as long as the process. */
export class MemoryIndex implements DedupeIndex {
  readonly #articles = new Map<ArticleId, KeptArticle>();
  readonly #urls = new Map<CanonicalUrl, ArticleId>();
  readonly #texts = new Map<string, ArticleId>();
  readonly #holders = new Map<number, ArticleId[]>();
  readonly #stories = new Map<StoryId, KnownStory>();
  readonly #storiesByTerm = new Map<number, Map<StoryId, number>>();
  /** Stories that became part of another. */
  readonly #absorbed = new Map<StoryId, StoryId>();
  readonly #counts = new Map<number, number>();

  /** Adds an article to the story that `decide` found for it. */
  add(article: KeptArticle, story: GrownStory): void {
    this.#write(article);
    for (const term of article.print.terms.keys()) this.#counts.set(term, (this.#counts.get(term) ?? 0) + 1);
    const before = [article.story, ...story.absorbs].flatMap((id) => this.#stories.get(id) ?? []);
    const times = [article.at, ...before.flatMap((one) => [one.first, one.latest])].filter(
      (time) => time !== undefined,
    );
    times.sort();
    for (const id of story.absorbs) {
      this.#stories.delete(id);
      this.#absorbed.set(id, article.story);
    }
    this.#stories.set(article.story, { id: article.story, first: times[0], latest: times.at(-1), terms: story.terms });
    for (const [term, weight] of story.leading) {
      const stories = this.#storiesByTerm.get(term);
      if (stories) stories.set(article.story, weight);
      else this.#storiesByTerm.set(term, new Map([[article.story, weight]]));
    }
  }

  /** Puts a new version in the place of the article with the same id. */
  replace(article: KeptArticle): void {
    this.#write(article);
  }

  #write(article: KeptArticle): void {
    const before = this.#articles.get(article.id);
    if (before) this.#forget(before);
    this.#articles.set(article.id, article);
    if (article.urlKey) this.#urls.set(article.urlKey, article.id);
    if (article.print.textHash) this.#texts.set(article.print.textHash, article.id);
    for (const key of article.print.keys) {
      const holders = this.#holders.get(key);
      if (holders) holders.push(article.id);
      else this.#holders.set(key, [article.id]);
    }
  }

  /** Notes that a copy of the article stands at another address. */
  addCopy(id: ArticleId, key: CanonicalUrl | undefined): void {
    if (key) this.#urls.set(key, id);
  }

  #forget(article: KeptArticle): void {
    if (article.print.textHash) this.#texts.delete(article.print.textHash);
    for (const key of article.print.keys) {
      const holders = this.#holders.get(key)?.filter((id) => id !== article.id) ?? [];
      if (holders.length > 0) this.#holders.set(key, holders);
      else this.#holders.delete(key);
    }
  }

  async find(addresses: readonly CanonicalUrl[], print: Fingerprint): Promise<Twins> {
    return {
      atAddress: addresses.flatMap((key) => {
        const kept = this.#article(this.#urls.get(key));
        return kept ? [{ key, kept }] : [];
      }),
      sameText: print.textHash === undefined ? undefined : this.#article(this.#texts.get(print.textHash)),
      near: this.#byKeys(print.keys),
    };
  }

  #article(id: ArticleId | undefined): KeptArticle | undefined {
    const article = id === undefined ? undefined : this.#articles.get(id);
    return article && { ...article, story: this.#storyNow(article.story) };
  }

  #storyNow(id: StoryId): StoryId {
    const into = this.#absorbed.get(id);
    return into === undefined ? id : this.#storyNow(into);
  }

  /** The story that an article belongs to by now. */
  storyOf(id: ArticleId): StoryId | undefined {
    return this.#article(id)?.story;
  }

  #byKeys(keys: Int32Array): readonly KeptArticle[] {
    const sharedKeys = new Map<ArticleId, number>();
    for (const key of keys) {
      for (const id of this.#holders.get(key)?.slice(-holdersLimit) ?? []) {
        sharedKeys.set(id, (sharedKeys.get(id) ?? 0) + 1);
      }
    }
    return [...sharedKeys]
      .sort((a, b) => b[1] - a[1])
      .map(([id, count]) => ({ article: this.#article(id), count }))
      .filter((one): one is { article: KeptArticle; count: number } =>
        one.article ? one.count >= keysNeeded(keys.length, one.article.print.keys.length) : false,
      )
      .slice(0, candidateLimit)
      .map((one) => one.article);
  }

  async termCounts(terms: readonly number[]): Promise<TermCounts> {
    const holding = new Map(terms.map((term) => [term, this.#counts.get(term) ?? 0]));
    return { articles: this.#articles.size, holding };
  }

  async byTerms(terms: StoryTerms, at: Instant | undefined): Promise<readonly KnownStory[]> {
    const products = new Map<StoryId, number>();
    for (const [term, weight] of terms) {
      for (const [id, held] of this.#storiesByTerm.get(term) ?? [])
        products.set(id, (products.get(id) ?? 0) + weight * held);
    }
    return [...products]
      .sort((a, b) => b[1] - a[1])
      .map(([id]) => this.#stories.get(id))
      .filter((story): story is KnownStory => story !== undefined && isOpen(story, at))
      .slice(0, storyLimit);
  }
}

function isOpen(story: KnownStory, at: Instant | undefined): boolean {
  if (!at || !story.first || !story.latest) return true;
  const margin = openDays * 86_400_000;
  const time = Date.parse(at);
  return time <= Date.parse(story.latest) + margin && time >= Date.parse(story.first) - margin;
}
