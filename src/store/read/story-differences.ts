import { type Difference, differenceOf } from '../../dedupe/difference.ts';
import type { Db } from '../db.ts';

export { addsSubstance } from '../../dedupe/substantive.ts';

/** Of a longer story only the first articles are compared: the work grows with the text. */
const mostCompared = 40;
/** Characters of a text that are compared. */
const longest = 20_000;

/**
 * What each article of a story says otherwise than those of its language before it, by the id of the article: sentences that it adds,
 * that it leaves out, and that it tells with other figures. The first of a language has none.
 * @param story a UUID
 */
export async function storyDifferences(db: Db, story: string): Promise<ReadonlyMap<string, Difference>> {
  const rows = await db
    .selectFrom('articles')
    .select(['id', 'lang', 'text'])
    .where('story', '=', story)
    .where('withdrawn_at', 'is', null)
    .where('text', '!=', '')
    .orderBy('news_at')
    .orderBy('seq')
    .limit(mostCompared)
    .execute();
  const before = new Map<string, string>();
  const differences = new Map<string, Difference>();
  for (const { id, lang, text } of rows) {
    const known = before.get(lang);
    const compared = text.slice(0, longest);
    if (known !== undefined) differences.set(id, differenceOf(known, compared));
    before.set(lang, `${known ?? ''}\n${compared}`.slice(-longest * 4));
  }
  return differences;
}
