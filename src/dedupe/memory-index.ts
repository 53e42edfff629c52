import type { ArticleId, Instant, StoryId } from '../domain/article.ts';
import { dayMs } from '../domain/time.ts';
import type { CanonicalUrl } from '../text/canonical-url.ts';
import {
  type Candidates,
  candidateLimit,
  type DedupeIndex,
  holdersLimit,
  type KeptArticle,
  type KnownStory,
  openDays,
  type StoryMember,
  storyLimit,
} from './dedupe-index.ts';
import { type Fingerprint, isHeadlineAlone } from './fingerprint.ts';
import { keysNeeded } from './keys.ts';
import type { GrownStory, StoryChange } from './stories.ts';
import type { StoryTerms, TermCounts } from './story-terms.ts';

/** An index that lives as long as the process. */
export class MemoryIndex implements DedupeIndex {
  readonly #articles = new Map<ArticleId, KeptArticle>();
  readonly #urls = new Map<CanonicalUrl, ArticleId>();
  readonly #texts = new Map<string, ArticleId>();
  readonly #holders = new Map<number, ArticleId[]>();
  readonly #stories = new Map<StoryId, KnownStory>();
  readonly #storiesByTerm = new Map<number, Map<StoryId, number>>();
  readonly #ledBy = new Map<StoryId, readonly number[]>();
  readonly #members = new Map<StoryId, Set<ArticleId>>();
  readonly #counts = new Map<number, number>();
  #counted = 0;

  /** Adds an article, whose story `decide` found, and what its coming changes of the stories. */
  add(article: KeptArticle, { story, others }: StoryChange): void {
    this.#write(article);
    if (!isHeadlineAlone(article.fingerprint)) this.#count(article.fingerprint.terms.keys());
    this.#move(article.id, article.story);
    this.#grow(article.story, story);
    for (const other of others) if (other.id !== undefined) this.#grow(other.id, other);
  }

  #count(terms: Iterable<number>): void {
    this.#counted++;
    for (const term of terms) this.#counts.set(term, (this.#counts.get(term) ?? 0) + 1);
  }

  #grow(id: StoryId, { absorbs, takes, leading, ...state }: GrownStory): void {
    for (const gone of absorbs) {
      for (const member of this.#members.get(gone) ?? []) this.#move(member, id);
      this.#forgetStory(gone);
      this.#members.delete(gone);
    }
    for (const member of takes) this.#move(member, id);
    this.#forgetStory(id);
    this.#stories.set(id, { ...state, id });
    for (const [term, weight] of leading) {
      const stories = this.#storiesByTerm.get(term);
      if (stories) stories.set(id, weight);
      else this.#storiesByTerm.set(term, new Map([[id, weight]]));
    }
    this.#ledBy.set(id, [...leading.keys()]);
  }

  #forgetStory(id: StoryId): void {
    for (const term of this.#ledBy.get(id) ?? []) this.#storiesByTerm.get(term)?.delete(id);
    this.#ledBy.delete(id);
    this.#stories.delete(id);
  }

  #move(id: ArticleId, into: StoryId): void {
    const article = this.#articles.get(id);
    if (!article) return;
    this.#members.get(article.story)?.delete(id);
    this.#articles.set(id, { ...article, story: into });
    const members = this.#members.get(into);
    if (members) members.add(id);
    else this.#members.set(into, new Set([id]));
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
    if (article.fingerprint.textHash) this.#texts.set(article.fingerprint.textHash, article.id);
    for (const key of article.fingerprint.keys) {
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
    if (article.fingerprint.textHash) this.#texts.delete(article.fingerprint.textHash);
    for (const key of article.fingerprint.keys) {
      const holders = this.#holders.get(key)?.filter((id) => id !== article.id) ?? [];
      if (holders.length > 0) this.#holders.set(key, holders);
      else this.#holders.delete(key);
    }
  }

  async find(addresses: readonly CanonicalUrl[], fingerprint: Fingerprint): Promise<Candidates> {
    return {
      atAddress: addresses.flatMap((key) => {
        const kept = this.#article(this.#urls.get(key));
        return kept ? [{ key, kept }] : [];
      }),
      sameText: fingerprint.textHash === undefined ? undefined : this.#article(this.#texts.get(fingerprint.textHash)),
      near: this.#byKeys(fingerprint.keys),
    };
  }

  #article(id: ArticleId | undefined): KeptArticle | undefined {
    return id === undefined ? undefined : this.#articles.get(id);
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
        one.article ? one.count >= keysNeeded(keys.length, one.article.fingerprint.keys.length) : false,
      )
      .slice(0, candidateLimit)
      .map((one) => one.article);
  }

  async termCounts(terms: readonly number[]): Promise<TermCounts> {
    const holding = new Map(terms.map((term) => [term, this.#counts.get(term) ?? 0]));
    return { articles: this.#counted, holding };
  }

  async byTerms(terms: StoryTerms, at: Instant | undefined): Promise<readonly KnownStory[]> {
    const products = new Map<StoryId, number>();
    for (const [term, weight] of terms) {
      for (const [id, held] of this.#storiesByTerm.get(term) ?? [])
        products.set(id, (products.get(id) ?? 0) + weight * held);
    }
    const found = [...products].flatMap(([id, alike]) => {
      const story = this.#stories.get(id);
      return story ? [{ story, alike, open: isOpen(story, at) }] : [];
    });
    return found
      .sort((a, b) => Number(b.open) - Number(a.open) || b.alike - a.alike)
      .slice(0, storyLimit)
      .map((one) => one.story);
  }

  async members(stories: readonly StoryId[], limit: number): Promise<readonly StoryMember[]> {
    return stories
      .flatMap((id) => [...(this.#members.get(id) ?? [])])
      .flatMap((id) => this.#article(id) ?? [])
      .map(({ id, at, fingerprint }) => ({ id, at, terms: fingerprint.terms }))
      .sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''))
      .slice(0, limit);
  }
}

function isOpen(story: KnownStory, at: Instant | undefined): boolean {
  if (!at || !story.first || !story.latest) return true;
  const margin = openDays * dayMs;
  const time = Date.parse(at);
  return time <= Date.parse(story.latest) + margin && time >= Date.parse(story.first) - margin;
}
