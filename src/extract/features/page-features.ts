import { fold } from '../../text/words.ts';
import { type Thing, typesOf } from '../metadata/json-ld.ts';
import type { Block } from '../parse/block.ts';
import type { OpenPage } from '../parse/open.ts';
import { endsSentence, isParagraph, linkShare } from './view.ts';

/** What tells an article from a list, a form or a shop: names of the features, in order. */
export const pageFeatureNames: readonly string[] =
  'words paragraphs share meanScore listed listedPerParagraph saysArticle ogArticle publishedTag dated author otherType pathDepth slugWords slugDigits rootPath titleIsHeading headings h1 articles spread between linkShare forms parents longest endsShare teaserHeads summaryIsText pageWords titleWords'.split(
    ' ',
  );

/** Linked headlines on the page: lines that are one link of four words or more. */
export function countListed(blocks: readonly Block[]): number {
  let count = 0;
  for (const block of blocks) if (block.words >= 4 && block.words <= 30 && linkShare(block) > 0.8) count++;
  return count;
}

const otherTypes =
  /^(?:CollectionPage|SearchResultsPage|ItemList|Product|Offer|Service|LocalBusiness|FAQPage|ProfilePage|DiscussionForumPosting|QAPage|Event|JobPosting|SoftwareApplication|VideoObject|ImageGallery|ContactPage|AboutPage|Store|Organization)$/;

/** One row of features: what was kept, what stands around it, and what the page says it is. */
export function pageFeatures(page: OpenPage, kept: readonly Block[], scores: Float32Array, url: string): Float32Array {
  const { blocks, facts, things, headline } = page;
  const words = kept.reduce((sum, block) => sum + block.words, 0);
  const all = blocks.reduce((sum, block) => sum + block.words, 0);
  const linkWords = blocks.reduce((sum, block) => sum + block.linkWords, 0);
  const paragraphs = kept.filter(isParagraph);
  const listed = countListed(blocks);
  const path = URL.canParse(url) ? new URL(url).pathname : '/';
  const steps = path.split('/').filter(Boolean);
  const slug = steps.at(-1) ?? '';
  const first = kept[0]?.index ?? 0;
  const last = kept.at(-1)?.index ?? 0;
  const chosen = new Set(kept);
  const title = fold(headline.title);
  const ofType = (test: (thing: Thing) => boolean): number => (things.some(test) ? 1 : 0);
  const h1 = facts.headings.filter((heading) => heading.element.name === 'h1');
  return Float32Array.of(
    Math.log1p(words),
    Math.min(30, paragraphs.length),
    words / Math.max(1, all),
    kept.reduce((sum, block) => sum + (scores[block.index] ?? 0), 0) / Math.max(1, kept.length),
    Math.min(120, listed),
    listed / (paragraphs.length + 1),
    headline.article ? 1 : 0,
    /article/i.test(facts.meta.get('og:type')?.[0] ?? '') ? 1 : 0,
    facts.meta.has('article:published_time') ? 1 : 0,
    [...facts.meta.keys()].some((name) => /publish|date/.test(name)) || facts.times.length > 0 ? 1 : 0,
    page.view.authors.length > 0 ? 1 : 0,
    ofType((thing) => typesOf(thing).some((type) => otherTypes.test(type))),
    Math.min(8, steps.length),
    slug.split(/[-_]/).length,
    /\d{4,}/.test(path) ? 1 : 0,
    steps.length === 0 ? 1 : 0,
    h1.some((heading) => fold(heading.text) === title) ? 1 : 0,
    Math.min(30, facts.headings.length),
    Math.min(5, h1.length),
    Math.min(30, page.boxes.filter((box) => box.name === 'article').length),
    (last - first + 1) / Math.max(1, blocks.length),
    chosen.size / Math.max(1, last - first + 1),
    linkWords / Math.max(1, all),
    Math.min(10, facts.forms),
    new Set(kept.map((block) => block.box.parent)).size / Math.max(1, kept.length),
    Math.log1p(Math.max(0, ...kept.map((block) => block.words))),
    kept.filter((block) => endsSentence(block.text)).length / Math.max(1, kept.length),
    kept.filter((block) => {
      const before = blocks[block.index - 1];
      return before !== undefined && before.words >= 3 && linkShare(before) > 0.8;
    }).length / Math.max(1, kept.length),
    headline.summary && kept.some((block) => fold(block.text).startsWith(fold(headline.summary ?? '').slice(0, 60)))
      ? 1
      : 0,
    Math.log1p(all),
    Math.min(25, title.split(' ').length),
  );
}
