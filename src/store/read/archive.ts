import { type Rights, reservesText } from '../../domain/rights.ts';
import type { Db } from '../db.ts';

/** An article as programs outside the wire read it. */
export interface ArchivedArticle {
  readonly id: string;
  readonly url: string;
  readonly source: string;
  readonly title: string;
  readonly text: string;
  readonly lang: string;
  readonly published: string | null;
  /** The publisher's own section and tags, the section first. */
  readonly labels: readonly string[];
  readonly countries: readonly string[];
  readonly regions: readonly string[];
  readonly topics: readonly string[];
  /** What the publisher says of its use; null: nothing. */
  readonly rights: Rights | null;
  /** Why the text is not handed on: the publisher refuses it as input of models. */
  readonly withheld?: 'rights';
}

/** An article as it may be handed on to programs: without its text where the publisher refuses it as input of models. */
export const handedOn = (article: ArchivedArticle): ArchivedArticle =>
  reservesText(article.rights) ? { ...article, text: '', withheld: 'rights' } : article;

const atATime = 500;

/** Every article that was not withdrawn, in the order of arrival, some hundred in memory at a time. */
export async function* archive(db: Db): AsyncGenerator<ArchivedArticle> {
  for (let last = '0'; ; ) {
    const rows = await db
      .selectFrom('articles')
      .select(['seq', 'id', 'url', 'source', 'title', 'text', 'lang', 'published', 'section', 'tags'])
      .select(['countries', 'regions', 'topics', 'rights'])
      .where('seq', '>', last)
      .where('withdrawn_at', 'is', null)
      .orderBy('seq')
      .limit(atATime)
      .execute();
    for (const { seq: _seq, section, tags, published, ...row } of rows)
      yield handedOn({
        ...row,
        published: published?.toISOString() ?? null,
        labels: [...(section ? [section] : []), ...tags],
      });
    const end = rows.at(-1);
    if (!end || rows.length < atATime) return;
    last = end.seq;
  }
}
