import type pg from 'pg';
import { z } from 'zod';
import { canonicalUrl } from '../../src/text/canonical-url.ts';

/** What the recorded web's own outlets do to their stories from epoch to epoch, as far as it is needed here. */
export const worldStories = z.array(
  z.object({
    url: z.string(),
    epochFrom: z.number(),
    changes: z.record(z.string(), z.number()),
  }),
);
type WorldStory = z.infer<typeof worldStories>[number];

/** Of the stories that were published here before their outlet changed them: how many, and how many ended as they should. */
export interface Noticed {
  readonly changed: number;
  readonly right: number;
  /** Addresses of those that did not. */
  readonly wrong: readonly string[];
}

interface ArticleRow {
  readonly key: string;
  readonly first_seen_at: Date;
  readonly updated_at: Date;
  readonly withdrawn_at: Date | null;
}

/**
 * Compares the store with what the outlets did up to an epoch: updated and corrected stories were updated, withdrawn
 * ones withdrawn, and those that moved or got another guid are still one article.
 */
export async function compareWithTruth(
  db: pg.Client,
  stories: readonly WorldStory[],
  epoch: number,
): Promise<Record<string, Noticed>> {
  const { rows } = await db.query<ArticleRow>(
    'select key, first_seen_at, updated_at, withdrawn_at from courant.articles',
  );
  const articles = new Map(rows.map((row) => [row.key, row]));
  const told: Record<string, Noticed> = {};
  for (const story of stories)
    for (const [kind, since] of Object.entries(story.changes)) {
      const article = articles.get(canonicalUrl(story.url.replace(/-updated$/, '')) ?? '');
      // A copy of another outlet's text, or one first seen after the change, is no article that could change.
      if (since > epoch || story.epochFrom >= since || !article) continue;
      const before = told[kind] ?? { changed: 0, right: 0, wrong: [] };
      const isRight =
        kind === 'gone'
          ? article.withdrawn_at !== null
          : kind === 'moved' || kind === 'reguid'
            ? article.withdrawn_at === null && !articles.has(canonicalUrl(`${story.url}-updated`) ?? '')
            : article.updated_at > article.first_seen_at;
      told[kind] = {
        changed: before.changed + 1,
        right: before.right + Number(isRight),
        wrong: isRight ? before.wrong : [...before.wrong, story.url],
      };
    }
  return told;
}
