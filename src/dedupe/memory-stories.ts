import type { ArticleId, Instant, StoryId } from '../domain/article.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { GrownStory, StoryChange } from './stories.ts';
import {
  isOpenAt,
  type KnownStory,
  type StoryIndex,
  type StoryMember,
  storiesPerTerm,
  storyLimit,
} from './story-index.ts';
import type { StoryTerms, TermCounts } from './story-terms.ts';
import { countsFor } from './term-sample.ts';

/** A story, and when it was opened: small numbers first. */
interface NumberedStory {
  readonly story: KnownStory;
  readonly number: number;
  readonly foundBy: readonly number[];
}

/** Stories that live as long as the process. */
export class MemoryStories implements StoryIndex {
  readonly #stories = new Map<StoryId, NumberedStory>();
  /** Which stories a term leads, and its weight in them. */
  readonly #ledBy = new Map<number, Map<StoryId, number>>();
  readonly #members = new Map<StoryId, Map<ArticleId, StoryMember>>();
  readonly #storyOf = new Map<ArticleId, StoryId>();
  /** Articles by the order of their arrival. */
  readonly #arrival = new Map<ArticleId, number>();
  readonly #counts = new Map<number, number>();
  #counted = 0;
  #latest = 0;

  /** The story that an article belongs to by now. */
  storyOf(id: ArticleId): StoryId | undefined {
    return this.#storyOf.get(id);
  }

  /** Adds an article to its story, and does what its coming changes of the stories. */
  add(member: StoryMember, own: StoryId, fingerprint: Fingerprint, { story, others }: StoryChange): void {
    this.#count(fingerprint);
    this.#arrival.set(member.id, this.#arrival.size);
    this.#move(member, own);
    this.#grow(own, story);
    for (const other of others) if (other.id !== undefined) this.#grow(other.id, other);
  }

  /** Puts a new version in the place of an article that is known. */
  replace(member: StoryMember): void {
    const story = this.#storyOf.get(member.id);
    if (story !== undefined) this.#members.get(story)?.set(member.id, member);
  }

  #count(fingerprint: Fingerprint): void {
    const weight = countsFor(fingerprint, this.#counted);
    if (weight === 0) return;
    this.#counted += weight;
    for (const term of fingerprint.terms.keys()) this.#counts.set(term, (this.#counts.get(term) ?? 0) + weight);
  }

  #grow(id: StoryId, { absorbs, takes, leading, ...state }: GrownStory): void {
    for (const gone of absorbs) {
      for (const member of this.#members.get(gone)?.values() ?? []) this.#move(member, id);
      this.#forget(gone);
      this.#members.delete(gone);
    }
    for (const taken of takes) {
      const member = this.#members.get(this.#storyOf.get(taken) ?? '')?.get(taken);
      if (member) this.#move(member, id);
    }
    const number = this.#stories.get(id)?.number ?? ++this.#latest;
    this.#forget(id);
    this.#stories.set(id, { story: { ...state, id }, number, foundBy: [...leading.keys()] });
    for (const [term, weight] of leading) {
      const led = this.#ledBy.get(term);
      if (led) led.set(id, weight);
      else this.#ledBy.set(term, new Map([[id, weight]]));
    }
  }

  #forget(id: StoryId): void {
    for (const term of this.#stories.get(id)?.foundBy ?? []) this.#ledBy.get(term)?.delete(id);
    this.#stories.delete(id);
  }

  #move(member: StoryMember, into: StoryId): void {
    const before = this.#storyOf.get(member.id);
    if (before !== undefined) this.#members.get(before)?.delete(member.id);
    this.#storyOf.set(member.id, into);
    const members = this.#members.get(into);
    if (members) members.set(member.id, member);
    else this.#members.set(into, new Map([[member.id, member]]));
  }

  async termCounts(terms: readonly number[]): Promise<TermCounts> {
    const holding = new Map(terms.map((term) => [term, this.#counts.get(term) ?? 0]));
    return { articles: this.#counted, holding };
  }

  async byTerms(terms: StoryTerms, at: Instant | undefined): Promise<readonly KnownStory[]> {
    const products = new Map<StoryId, number>();
    for (const [term, weight] of terms)
      for (const [id, held] of this.#latestLedBy(term)) products.set(id, (products.get(id) ?? 0) + weight * held);
    const found = [...products].flatMap(([id, product]) => {
      const known = this.#stories.get(id);
      return known ? [{ ...known, product, open: isOpenAt(known.story, at) }] : [];
    });
    return found
      .sort((a, b) => Number(b.open) - Number(a.open) || b.product - a.product || a.number - b.number)
      .slice(0, storyLimit)
      .map((one) => one.story);
  }

  #latestLedBy(term: number): readonly (readonly [StoryId, number])[] {
    const led = [...(this.#ledBy.get(term) ?? [])];
    if (led.length <= storiesPerTerm) return led;
    const numberOf = (id: StoryId): number => this.#stories.get(id)?.number ?? 0;
    return led.sort((a, b) => numberOf(b[0]) - numberOf(a[0])).slice(0, storiesPerTerm);
  }

  async members(stories: readonly StoryId[], limit: number): Promise<readonly StoryMember[]> {
    const arrived = ({ id }: StoryMember): number => this.#arrival.get(id) ?? 0;
    return stories
      .flatMap((id) => [...(this.#members.get(id)?.values() ?? [])])
      .sort((a, b) => (a.at ?? '').localeCompare(b.at ?? '') || arrived(a) - arrived(b))
      .slice(0, limit);
  }
}
