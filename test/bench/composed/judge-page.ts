import { extractArticle } from '../../../src/extract/extract.ts';
import type { ComposedPage } from './compose-page.ts';

/** One thing that was looked at on a page: a part that must be gone, a paragraph that must be there, a field. */
export interface Finding {
  readonly what: string;
  readonly wrong: boolean;
  /** What came out instead, where that helps. */
  readonly got?: string;
}

const squeezed = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** Extracts a composed page and says of each of its parts whether it came out right. A refused page has one finding. */
export function judgePage(page: ComposedPage): readonly Finding[] {
  const { article, verdict } = extractArticle({ url: page.url, html: page.html });
  if (verdict.kind !== 'article')
    return [{ what: 'verdict', wrong: true, got: `${verdict.reason}: ${verdict.detail}` }];
  const text = squeezed(article.text);
  const isOwn = (line: string): boolean => page.paragraphs.some((paragraph) => paragraph.includes(line));
  return [
    { what: 'verdict', wrong: false },
    { what: 'title', wrong: squeezed(article.title) !== page.title, got: article.title },
    ...(page.author === undefined
      ? []
      : [{ what: 'byline', wrong: article.byline.join() !== page.author, got: article.byline.join() || 'none' }]),
    ...page.paragraphs.map((paragraph, index) => ({
      what: index === 0 ? 'first paragraph' : index + 1 === page.paragraphs.length ? 'last paragraph' : 'paragraph',
      wrong: !text.includes(squeezed(paragraph)),
      got: 'lost',
    })),
    ...page.parts.map(({ name, texts }) => {
      const left = texts.filter((line) => text.includes(squeezed(line)) && !isOwn(line));
      return { what: `part ${name}`, wrong: left.length > 0, got: left[0] ?? '' };
    }),
  ];
}
