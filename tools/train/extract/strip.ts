/** Pages with less than they had, so that a judge learns to do without: old pages, small papers and saved files say nothing of themselves. */

/** Without scripts, structured data, tags of the head, microdata and the elements that name a purpose. */
export const withoutMetadata = (html: string): string =>
  html
    .replace(/<script\b[\s\S]*?<\/script>/gi, '')
    .replace(/<(?:meta|link)\b[^>]*>/gi, '')
    .replace(/\s(?:itemprop|itemtype|itemscope|rel|datetime|property|typeof)=(?:"[^"]*"|'[^']*')/gi, '')
    .replace(/<(\/?)time\b/gi, '<$1span')
    .replace(/<(\/?)article\b/gi, '<$1div');

/** Without class names, ids and the elements that name a part of the page as well. */
export const withoutNames = (html: string): string =>
  withoutMetadata(html)
    .replace(/\s(?:class|id|role|data-[\w-]+|aria-[\w-]+)=(?:"[^"]*"|'[^']*')/gi, '')
    .replace(/<(\/?)(?:main|section|header|footer|nav|aside|figure|figcaption)\b/gi, '<$1div');

const letters = (text: string): string =>
  text
    .replace(/<[^>]*>|&\w+;/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '')
    .toLowerCase();

/** The article cut down to its first paragraphs, a brief beside all that stood around the article; undefined when it has no more of them. */
export function cutTo(html: string, gold: string, paragraphs: number): string | undefined {
  const known = letters(gold);
  let count = 0;
  const cut = html.replace(/<p\b[^>]*>([\s\S]*?)<\/p>/gi, (whole, inner: string) => {
    const text = letters(inner);
    if (text.length < 30 || !known.includes(text.slice(0, 60))) return whole;
    return ++count <= paragraphs ? whole : '';
  });
  return count > paragraphs ? cut : undefined;
}
