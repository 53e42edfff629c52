import type { Link } from '../../domain/article.ts';
import type { Block, Picture } from '../parse/block.ts';
import type { Thing } from './json-ld.ts';
import type { PageFacts } from './page-facts.ts';
import type { Surroundings } from './surroundings.ts';

/** All that the fields of an article are voted from, gathered once. */
export interface Evidence {
  readonly facts: PageFacts;
  readonly things: readonly Thing[];
  /** The node of the structured data that describes the page's own article. */
  readonly article: Thing | undefined;
  /** Further nodes about the page itself. */
  readonly own: readonly Thing[];
  readonly title: string;
  readonly site: string | undefined;
  readonly url: string;
  /** What relative addresses are resolved against: `<base href>`, else the page's own. */
  readonly base: string;
  readonly host: string;
  readonly lang: string | undefined;
  /** What the feed, sitemap or section page said. */
  readonly link: Link | undefined;
  readonly blocks: readonly Block[];
  readonly pictures: readonly Picture[];
  /** Index of the first block of the text, and one past the last. */
  readonly first: number;
  readonly end: number;
  /** Lines about the headline and after the text. */
  readonly around: Surroundings;
  /** Lines that say who wrote it. */
  readonly bylines: readonly string[];
}
