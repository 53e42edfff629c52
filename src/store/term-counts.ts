import { sql } from 'kysely';
import type { Fingerprint } from '../dedupe/fingerprint.ts';
import type { TermCounts } from '../dedupe/story-terms.ts';
import { countsFor } from '../dedupe/term-sample.ts';
import type { Db } from './db.ts';

/** Term under which all articles are counted. */
const allArticles = 0;

/** How many articles hold which term, as a batch sees it: with the articles that it publishes itself, before they are written. */
export class BatchTermCounts {
  readonly #db: Db;
  readonly #known = new Map<number, number>();
  #added = new Map<number, number>();

  constructor(db: Db) {
    this.#db = db;
  }

  /** Asks the store once for what many articles will ask. */
  async read(terms: Iterable<number>): Promise<void> {
    const unknown = [...new Set([allArticles, ...terms])].filter((term) => !this.#known.has(term));
    if (unknown.length === 0) return;
    const { rows } = await sql<{ term: number; articles: number }>`
      select term, articles from term_counts where term = any(${unknown}::int[])`.execute(this.#db);
    for (const term of unknown) this.#known.set(term, 0);
    for (const { term, articles } of rows) this.#known.set(term, articles);
  }

  /** See `StoryIndex.termCounts`. */
  async of(terms: readonly number[]): Promise<TermCounts> {
    await this.read(terms);
    return { articles: this.#count(allArticles), holding: { get: (term) => this.#count(term) } };
  }

  /** Counts a new article's terms. */
  async add(fingerprint: Fingerprint): Promise<void> {
    await this.read([]);
    const weight = countsFor(fingerprint, this.#count(allArticles));
    if (weight === 0) return;
    for (const term of [allArticles, ...fingerprint.terms.keys()])
      this.#added.set(term, (this.#added.get(term) ?? 0) + weight);
  }

  /** Writes what was counted. */
  async write(): Promise<void> {
    if (this.#added.size === 0) return;
    const added = [...this.#added];
    await sql`
      insert into term_counts (term, articles)
      select term, articles from unnest(${added.map(([term]) => term)}::int[], ${added.map(([, count]) => count)}::int[]) as added (term, articles)
      on conflict (term) do update set articles = term_counts.articles + excluded.articles`.execute(this.#db);
    for (const term of this.#added.keys()) this.#known.set(term, this.#count(term));
    this.#added = new Map();
  }

  #count(term: number): number {
    return (this.#known.get(term) ?? 0) + (this.#added.get(term) ?? 0);
  }
}
