import type { ExtractedArticle, Link } from '../../domain/article.ts';
import { excerpt } from '../../text/excerpt.ts';
import { plainText } from '../../text/plain-text.ts';
import { countWords, fold, squeeze } from '../../text/words.ts';

/** Characters of a headline, of a summary, and of the HTML in which the summary is looked for. */
const longestTitle = 400;
const longestSummary = 500;
const longestHtml = 20_000;
/** Fewer words beyond the headline say nothing: an outlet's name, 'Read on'. */
const fewestWords = 4;

/** What a list says of a link, as an article without a text; undefined where it gives no headline. */
export function headlineOf(link: Link): ExtractedArticle | undefined {
  const title = squeeze(link.title ?? '')
    .slice(0, longestTitle)
    .toWellFormed();
  if (!/\p{L}/u.test(title) || /^https?:\/\/\S+$/i.test(title)) return undefined;
  return {
    title,
    byline: [],
    tags: [],
    summary: summaryOf(link.summary, title),
    ...{ paywalled: false, liveBlog: false, opinion: false, text: '', html: '' },
  };
}

/** A short link at the end of a summary leads to the article ('Read on'): it says nothing of it. */
const lastLink = /<a\b[^<>]*>[^<>]{0,40}<\/a>[\s.…»]*(?:<\/\w+>\s*)*$/i;

/**
 * What a feed's item says of the article besides the headline, as plain text. Feeds that carry the whole text are cut: a headline's
 * source gives no more than a summary. A last paragraph that names the headline again ('The post … appeared first on …') is dropped.
 */
function summaryOf(given: string | undefined, title: string): string | undefined {
  const html = (given ?? '').slice(0, longestHtml).trim();
  const headline = fold(title);
  const paragraphs = html.replace(lastLink, '').split(/<\/p>/i).map(plainText).filter(Boolean);
  if (paragraphs.length > 1 && fold(paragraphs.at(-1) ?? '').includes(headline)) paragraphs.pop();
  const summary = excerpt(paragraphs.join(' '), longestSummary);
  // Nothing but the headline, perhaps with the outlet's name.
  const told = fold(summary);
  const more = told.startsWith(headline) ? told.slice(headline.length).trim() : told;
  return countWords(more) < fewestWords ? undefined : summary;
}
