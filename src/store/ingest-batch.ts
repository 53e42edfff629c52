import { appearedAt } from '../dedupe/decide.ts';
import type { CandidateSearch, Candidates, Copy, KnownArticle } from '../dedupe/dedupe-index.ts';
import type { ReviewItem } from '../dedupe/review-item.ts';
import type { StoryChange } from '../dedupe/stories.ts';
import type { KnownStory, StoryMember } from '../dedupe/story-index.ts';
import type { StoryTerms, TermCounts } from '../dedupe/story-terms.ts';
import type { ArticleId, Classification, Instant, Outcome, StoryVoice } from '../domain/article.ts';
import type { IngestBatch, IngestInput, StoryBatch } from '../ingest/ports.ts';
import { insertArticles, keepRevision, type NewArticle, replaceArticle } from './articles.ts';
import { BatchStories } from './batch-stories.ts';
import { exchangeCopy, insertCopy } from './copies.ts';
import type { Db } from './db.ts';
import { writeEvent, writeEvents } from './events.ts';
import { forgetFingerprint, writeFingerprints } from './fingerprints.ts';
import { type EndedLink, writeOutcomes } from './links.ts';
import { findCandidates } from './read/candidates.ts';
import { earlierOutcomes } from './read/earlier-outcomes.ts';
import { storyMembers } from './read/stories.ts';
import { addReviewItem } from './review-items.ts';
import { relabel, voicesOf } from './story-labels.ts';
import { BatchTermCounts } from './term-counts.ts';

/** A new article with what its coming changes. */
interface Addition extends NewArticle {
  readonly review: ReviewItem | undefined;
}

/**
 * The index of PostgreSQL in one transaction. A statement for each article costs more than the rows that it writes, so new articles
 * wait here and are written together: at the end of the batch, or before something is asked or written that they must be in.
 */
export class PostgresBatch implements IngestBatch, StoryBatch {
  readonly #db: Db;
  readonly #counts: BatchTermCounts;
  readonly #index: BatchStories;
  #added: Addition[] = [];
  #ended: EndedLink[] = [];
  /** Stories that have changed, or whose articles have. */
  readonly #stories = new Set<ArticleId>();

  /** @param db the transaction that has the lock */
  constructor(db: Db) {
    this.#db = db;
    this.#counts = new BatchTermCounts(db);
    this.#index = new BatchStories(db);
  }

  earlierOutcomes(links: readonly string[]): Promise<ReadonlyMap<string, Outcome>> {
    return earlierOutcomes(this.#db, links);
  }

  async find(searches: readonly CandidateSearch[]): Promise<readonly Candidates[]> {
    await this.#writeAdded();
    // Stories will ask for them, article by article.
    await this.#counts.read(new Set(searches.flatMap(({ fingerprint }) => [...fingerprint.terms.keys()])));
    return findCandidates(this.#db, searches);
  }

  termCounts(terms: readonly number[]): Promise<TermCounts> {
    return this.#counts.of(terms);
  }

  byTerms(terms: StoryTerms, at: Instant | undefined): Promise<readonly KnownStory[]> {
    return this.#index.byTerms(terms, at);
  }

  async members(stories: readonly ArticleId[], limit: number): Promise<readonly StoryMember[]> {
    // Those that wait here came after all that are written.
    const waiting = this.#added.filter(({ story }) => stories.includes(story)).map(memberOf);
    const members = [...(await storyMembers(this.#db, stories, limit)), ...waiting].slice(0, limit);
    return members.sort((a, b) => (a.at ?? '').localeCompare(b.at ?? ''));
  }

  async add(
    { id, urlKey, story, at, fingerprint }: KnownArticle,
    change: StoryChange,
    review: ReviewItem | undefined,
    input: IngestInput,
  ): Promise<void> {
    this.#move(story, change);
    await this.#index.change(story, change, at ?? input.now);
    await this.#counts.add(fingerprint);
    const isAlone = change.story.articles === 1;
    for (const changed of [isAlone ? [] : story, change.others.flatMap((other) => other.id ?? [])].flat())
      this.#stories.add(changed);
    this.#added.push({ id, key: urlKey ?? input.urlKey, story, fingerprint, input, review });
  }

  /** Articles that wait here may change over to another story; for those that are written `BatchStories` does it. */
  #move(id: ArticleId, { story, others }: StoryChange): void {
    for (const { absorbs, takes, id: into = id } of [{ ...story, id }, ...others])
      this.#added = this.#added.map((one) =>
        absorbs.includes(one.story) || takes.includes(one.id) ? { ...one, story: into } : one,
      );
  }

  async replace(
    known: KnownArticle,
    { urlKey, fingerprint }: KnownArticle,
    { substantive, copy }: { readonly substantive: boolean; readonly copy?: Copy },
    input: IngestInput,
  ): Promise<void> {
    await this.#writeAdded();
    const { id, story } = known;
    this.#stories.add(story);
    const key = copy ? (urlKey ?? input.urlKey) : undefined;
    if (copy && key) await exchangeCopy(this.#db, id, key, copy, input);
    await keepRevision(this.#db, id, input.now);
    await replaceArticle(this.#db, id, fingerprint, input, { key, updatedAt: substantive ? input.now : undefined });
    await forgetFingerprint(this.#db, id, known.fingerprint);
    await writeFingerprints(this.#db, [{ article: id, fingerprint }]);
    if (substantive) await writeEvent(this.#db, 'updated', id, new Date(input.now), input.trace);
  }

  async addCopy(of: KnownArticle, copy: Copy, input: IngestInput): Promise<void> {
    await this.#writeAdded();
    if (copy.key && copy.key !== of.urlKey) await insertCopy(this.#db, of.id, copy.key, copy, input);
  }

  end(key: string, outcome: Outcome, input: IngestInput): void {
    this.#ended.push({ key, outcome, at: new Date(input.now) });
  }

  async changedStories(): Promise<StoryVoice[][]> {
    await this.#writeAdded();
    const voices = await voicesOf(this.#db, [...this.#stories]);
    return [...voices.values()].filter((story) => story.length > 1);
  }

  /** Has the story asked what its articles say, although this batch wrote none of them. */
  touch(story: ArticleId): void {
    this.#stories.add(story);
  }

  async relabel(article: ArticleId, labels: Classification): Promise<void> {
    await relabel(this.#db, article, labels);
  }

  /**
   * Writes what waits. Call it once, when the transaction has nothing else to write: links are locked in the order of their keys, and a
   * transaction that locks some now and some later and a crawl that marks its own would wait for each other.
   */
  async write(): Promise<void> {
    await this.#writeAdded();
    // A link may have come twice: its last outcome is the one that stays.
    const ended = new Map(this.#ended.map((link) => [link.key, link]));
    this.#ended = [];
    if (ended.size > 0) await writeOutcomes(this.#db, [...ended.values()]);
  }

  /** Writes the articles that wait, before what is made of them. */
  async #writeAdded(): Promise<void> {
    const added = this.#added;
    this.#added = [];
    await this.#index.write();
    if (added.length > 0) {
      await insertArticles(this.#db, added);
      await writeFingerprints(
        this.#db,
        added.map(({ id, fingerprint }) => ({ article: id, fingerprint })),
      );
      for (const { id, review, input } of added)
        if (review) await addReviewItem(this.#db, id, review, new Date(input.now));
      await writeEvents(
        this.#db,
        added.map(({ id, input }) => ({ kind: 'published', article: id, at: new Date(input.now), trace: input.trace })),
      );
      await this.#counts.write();
    }
  }
}

/** As `storyMembers` gives it when it is written. */
function memberOf({ id, input, fingerprint: { terms, outline } }: Addition): StoryMember {
  const published = input.extracted.published ?? input.link.published;
  const at = new Date(appearedAt(published, input.now)).toISOString();
  return { id, at, source: input.source.id, terms, outline };
}
