import { type GrownStory, product, type StoryChange } from '../dedupe/stories.ts';
import { isOpenAt, type KnownStory, storyLimit } from '../dedupe/story-index.ts';
import type { StoryTerms } from '../dedupe/story-terms.ts';
import type { Instant, StoryId } from '../domain/article.ts';
import type { Db } from './db.ts';
import { storiesByTerms } from './read/stories.ts';
import { type ChangedStory, moveArticles, writeStories } from './stories.ts';

/** The stories as a batch sees them: with what it makes of them itself, before that is written. */
export class BatchStories {
  readonly #db: Db;
  #changed = new Map<StoryId, ChangedStory>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** See `StoryIndex.byTerms`. */
  async byTerms(terms: StoryTerms, at: Instant | undefined): Promise<readonly KnownStory[]> {
    const found = await storiesByTerms(this.#db, terms, at);
    if (this.#changed.size === 0) return found;
    const changed = [...this.#changed.values()].flatMap(({ id, story, at: told }) => {
      const { articles, first = told, latest = told, terms: sum, marks, leading } = story;
      const known = { id, articles, first, latest, terms: sum, marks };
      const likeness = product(terms, leading);
      return likeness > 0 ? [{ ...known, product: likeness, closed: !isOpenAt(known, at) }] : [];
    });
    return [...found.filter(({ id }) => !this.#changed.has(id)), ...changed]
      .sort((a, b) => Number(a.closed) - Number(b.closed) || b.product - a.product)
      .slice(0, storyLimit);
  }

  /** What an article's coming makes of the stories; `own` is the id of its own. `at`: when it appeared. */
  async change(own: StoryId, { story, others }: StoryChange, at: Instant): Promise<void> {
    for (const one of [{ ...story, id: own }, ...others]) {
      const { id } = one;
      if (id === undefined) continue;
      await this.#move(id, one);
      this.#changed.set(id, { id, story: one, at });
    }
  }

  async #move(into: StoryId, change: GrownStory): Promise<void> {
    if (change.absorbs.length + change.takes.length === 0) return;
    // A story that goes may wait here.
    await this.write();
    await moveArticles(this.#db, into, change);
  }

  /** Writes what waits. */
  async write(): Promise<void> {
    if (this.#changed.size === 0) return;
    const changed = [...this.#changed.values()];
    this.#changed = new Map();
    await writeStories(this.#db, changed);
  }
}
