import type { Insertable } from 'kysely';
import type { ReviewItem } from '../dedupe/decide.ts';
import type { KnownStory, StoryIndex, StoryMember } from '../dedupe/dedupe-index.ts';
import { type Fingerprint, isHeadlineAlone } from '../dedupe/fingerprint.ts';
import type { StoryChange } from '../dedupe/stories.ts';
import type { StoryTerms, TermCounts } from '../dedupe/story-terms.ts';
import type { ArticleId, Instant, Outcome } from '../domain/article.ts';
import type { Db } from './db.ts';
import { writeEvents } from './events.ts';
import { writeFingerprints } from './fingerprints.ts';
import { type EndedLink, writeOutcomes } from './links.ts';
import { addReviewItem } from './review-items.ts';
import type { ArticlesTable } from './schema.ts';
import { storiesByTerms, storyMembers, writeStories } from './stories.ts';
import { TurnTermCounts } from './term-counts.ts';

/** A new article with all that its coming changes. */
export interface Publication {
  readonly row: Insertable<ArticlesTable>;
  readonly fingerprint: Fingerprint;
  readonly change: StoryChange;
  /** When it appeared. */
  readonly at: Instant;
  readonly review: ReviewItem | undefined;
  readonly now: Date;
}

/**
 * What the articles of one turn find and write. A statement for each article costs more than the rows that it writes, so new articles
 * wait here and are written together: at the end of the turn, or before something is asked that they must be in.
 */
export class Turn implements StoryIndex {
  readonly db: Db;
  readonly #counts: TurnTermCounts;
  #published: Publication[] = [];
  #ended: EndedLink[] = [];
  #movedArticles = false;

  /** @param db the transaction that has the lock */
  constructor(db: Db) {
    this.db = db;
    this.#counts = new TurnTermCounts(db);
  }

  /** Reads at once how common the terms of many articles are. */
  expect(fingerprints: readonly Fingerprint[]): Promise<void> {
    return this.#counts.read(new Set(fingerprints.flatMap((fingerprint) => [...fingerprint.terms.keys()])));
  }

  termCounts(terms: readonly number[]): Promise<TermCounts> {
    return this.#counts.of(terms);
  }

  byTerms(terms: StoryTerms, at: Instant | undefined): Promise<readonly KnownStory[]> {
    return storiesByTerms(this.db, terms, at);
  }

  async members(stories: readonly ArticleId[], limit: number): Promise<readonly StoryMember[]> {
    await this.write();
    return storyMembers(this.db, stories, limit);
  }

  async publish(publication: Publication): Promise<void> {
    const { change, row, at, fingerprint } = publication;
    const moves = [change.story, ...change.others].some((story) => story.absorbs.length + story.takes.length > 0);
    if (moves) {
      await this.write();
      this.#movedArticles = true;
    }
    // The next article of the turn may belong to this story.
    await writeStories(this.db, row.story, change, at);
    // How common a word is, is told by how many texts hold it.
    if (!isHeadlineAlone(fingerprint)) await this.#counts.add(fingerprint);
    this.#published.push(publication);
  }

  /** Whether articles of earlier turns changed over to another story. */
  get movedArticles(): boolean {
    return this.#movedArticles;
  }

  /** How a link ended. */
  end(key: string, outcome: Outcome, at: Date): void {
    this.#ended.push({ key, outcome, at });
  }

  /** Writes what waits. */
  async write(): Promise<void> {
    const [published, ended] = [this.#published, this.#ended];
    [this.#published, this.#ended] = [[], []];
    if (published.length > 0) {
      await this.db
        .insertInto('articles')
        .values(published.map((one) => one.row))
        .execute();
      await writeFingerprints(
        this.db,
        published.map(({ row, fingerprint }) => ({ article: row.id, fingerprint })),
      );
      for (const { row, review, now } of published) if (review) await addReviewItem(this.db, row.id, review, now);
      await writeEvents(
        this.db,
        published.map(({ row, now }) => ({ kind: 'published', article: row.id, at: now })),
      );
      await this.#counts.write();
    }
    if (ended.length > 0) await writeOutcomes(this.db, ended);
  }
}
