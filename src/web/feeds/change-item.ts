import type { OutItem } from '../../../feeds/write/feed.ts';
import type { ArticleChange } from '../../store/read/article-changes.ts';
import { saysCorrected } from '../../text/correction.ts';
import { changesBetween, type Piece } from '../changes.ts';
import { escapeHtml } from '../html.ts';
import { mayRead } from '../names.ts';
import { articleItem, type ItemContext } from './article-item.ts';
import { derivedId } from './derived-id.ts';

/** Whether a change says of itself that it corrects a mistake: a block or a headline that was not there before. */
export function isCorrection({ before, after }: ArticleChange): boolean {
  if (after.title !== before.title && saysCorrected(after.title) && !saysCorrected(before.title)) return true;
  const known = new Set(before.text.split('\n'));
  return after.text.split('\n').some((block) => !known.has(block) && saysCorrected(block));
}

const pieces = (all: readonly Piece[]): string =>
  all
    .map(({ kind, text }) => {
      const safe = escapeHtml(text);
      return kind === 'added' ? `<ins>${safe}</ins>` : kind === 'removed' ? `<del>${safe}</del>` : safe;
    })
    .join('');

/** A change of an article as an item; what changed is quoted where the text may be given. */
export function changeItem(change: ArticleChange, context: ItemContext): OutItem {
  const { article, changedAt, before, after } = change;
  const { title, blocks } = changesBetween(before, after);
  const at = changedAt.toISOString();
  const headline = title ? `<p>The headline: ${pieces(title)}</p>` : '';
  const quoted = context.full && mayRead(article, context.names, false);
  const changed = quoted
    ? blocks.map((block) => `<p>${pieces(block)}</p>`).join('')
    : `<p>${blocks.length} ${blocks.length === 1 ? 'paragraph' : 'paragraphs'} changed.</p>`;
  return {
    ...articleItem(article, context),
    id: derivedId('change', article.id, at),
    title: after.title,
    published: at,
    updated: at,
    summary: headline + changed,
    content: undefined,
    alsoAt: [],
  };
}
