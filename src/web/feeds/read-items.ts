import { LRUCache } from 'lru-cache';
import type { OutItem } from '../../../feeds/write/feed.ts';
import type { FeedForm, FeedItems, Filter } from '../../domain/filter.ts';
import type { Db } from '../../store/db.ts';
import { latestChanges } from '../../store/read/article-changes.ts';
import { type ArticleView, articlesBySeq, type Difference, latestArticles } from '../../store/read/articles.ts';
import { archivedSeqs } from '../../store/read/feed-days.ts';
import { storyDifferences } from '../../store/read/story-differences.ts';
import { latestToldStories, storiesOfSeqs, type ToldStory } from '../../store/read/story-feed.ts';
import { articleItem, type ItemContext } from './article-item.ts';
import { changeItem, isCorrection } from './change-item.ts';
import { storyItem, substantialAt } from './story-item.ts';

/** The items of a feed, and when anything in them last changed. */
export interface FeedItemsRead {
  readonly items: readonly OutItem[];
  readonly changedAt: Date | undefined;
  /** When the last of them arrived: the archive of that day goes on where the feed ends. */
  readonly oldest: Date | undefined;
}

/** Corrections are looked for among so many of the newest changes. */
const changesRead = 1000;
/** Stories whose differences are kept; comparing texts is the dearest part of a feed of stories. */
const keptStories = 2000;

const latestOf = (times: readonly Date[]): Date | undefined =>
  times.length === 0 ? undefined : new Date(Math.max(...times.map((at) => at.getTime())));

const changesOf = (article: Pick<ArticleView, 'updatedAt' | 'alsoAt'>): Date[] => [
  article.updatedAt,
  ...article.alsoAt.map((copy) => copy.seenAt),
];

/** Reads the items of feeds. */
export class ItemReader {
  readonly #db: Db;
  readonly #differences = new LRUCache<string, Promise<ReadonlyMap<string, Difference>>>({ max: keptStories });

  constructor(db: Db) {
    this.#db = db;
  }

  /** @param limit of items; the archive of a day is whole */
  async read(
    filter: Filter,
    kind: FeedItems,
    form: FeedForm,
    limit: number,
    context: ItemContext,
  ): Promise<FeedItemsRead> {
    if (kind === 'article') return this.#articles(filter, form, limit, context);
    if (kind === 'story') return this.#stories(filter, form, limit, context);
    const all = await latestChanges(this.#db, filter, kind === 'change' ? limit : changesRead);
    const chosen = kind === 'change' ? all : all.filter(isCorrection).slice(0, limit);
    const items = chosen.map((change) => changeItem(change, context));
    return { items, changedAt: latestOf(chosen.map(({ changedAt }) => changedAt)), oldest: undefined };
  }

  async #articles(
    filter: Filter,
    { day, part = 1 }: FeedForm,
    limit: number,
    context: ItemContext,
  ): Promise<FeedItemsRead> {
    const articles =
      day === undefined
        ? await latestArticles(this.#db, filter, limit)
        : await articlesBySeq(this.#db, await archivedSeqs(this.#db, filter, day, part, 'article'));
    return {
      items: articles.map((article) => articleItem(article, context)),
      changedAt: latestOf(articles.flatMap(changesOf)),
      oldest: articles.at(-1)?.firstSeenAt,
    };
  }

  async #stories(
    filter: Filter,
    { day, part = 1 }: FeedForm,
    limit: number,
    context: ItemContext,
  ): Promise<FeedItemsRead> {
    const told =
      day === undefined
        ? await latestToldStories(this.#db, filter, limit)
        : await storiesOfSeqs(this.#db, await archivedSeqs(this.#db, filter, day, part, 'story'), filter);
    const differences = await Promise.all(told.map((story) => this.#differencesOf(story)));
    const none: ReadonlyMap<string, Difference> = new Map();
    return {
      items: told.map((story, index) => storyItem(story, differences[index] ?? none, context)),
      changedAt: latestOf([
        ...told.map((story, index) => substantialAt(story, differences[index] ?? none)),
        ...told.flatMap(({ articles }) => articles.flatMap(changesOf)),
      ]),
      oldest: latestOf(told.at(-1)?.articles.map(({ firstSeenAt }) => firstSeenAt) ?? []),
    };
  }

  async #differencesOf({ story, articles }: ToldStory): Promise<ReadonlyMap<string, Difference>> {
    if (articles.length < 2) return new Map();
    const key = `${story} ${articles.length} ${latestOf(articles.map(({ updatedAt }) => updatedAt))?.getTime()}`;
    const known = this.#differences.get(key) ?? storyDifferences(this.#db, story);
    this.#differences.set(key, known);
    known.catch(() => this.#differences.delete(key));
    return known;
  }
}
