import type { BlockPrints, SiteMemory } from './site-memory.ts';

/** What a second look finds of a page that passed for an article. */
export interface SecondLook {
  /** Does the page say when it was published? */
  readonly dated: boolean;
  /** Linked headlines of other pages on it. */
  readonly listed: number;
  /** Share of its lines that are the text of other pages of the site, 0…1. */
  readonly elsewhere: number;
}

/** More linked headlines than this stand beside few articles: a quarter of the articles of the corpora, nearly all section pages. */
const manyListed = 15;
/** A section page has no text of its own; an article shares a line or two with others. */
const mostElsewhere = 0.5;

/** A page without a date, full of links to others, whose text is that of others: a section page that was let in by mistake. */
export const isListingAfterAll = ({ dated, listed, elsewhere }: SecondLook): boolean =>
  !dated && listed >= manyListed && elsewhere >= mostElsewhere;

/** Share of the kept lines of a page that were kept on other pages of the site, of which neither address nor headline is the same; 0…1. */
export function shareElsewhere(
  memory: SiteMemory | undefined,
  { page, kept }: Pick<BlockPrints, 'page' | 'kept'>,
): number {
  if (!memory || kept.length === 0) return 0;
  const isOther = (seen: number): boolean => {
    const mark = memory.marks[seen];
    return seen > 0 && mark !== undefined && mark.address !== page.address && mark.headline !== page.headline;
  };
  return kept.filter((line) => memory.lines[line]?.some(isOther)).length / kept.length;
}
