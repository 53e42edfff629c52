import type { Instant } from '../../domain/article.ts';
import { type BlockPrints, learn, printsOfListing } from '../../extract/decide/site-memory.ts';
import { shapeOf } from '../listings/url-shape.ts';
import type { HostMemory, ShapeCounts, SiteMemoryStore } from '../ports.ts';

/** Shapes remembered of one host; the rarest go when there are more. */
const mostShapes = 200;
/** Counts are halved beyond this, so that a site that changed its addresses is relearnt. */
const mostCounted = 400;
/** A feed leads to its own host and that of the paper, seldom to more; a collection of other papers' news says nothing of them. */
const mostHosts = 2;

function countShape(shapes: ShapeCounts, url: URL, isArticle: boolean): ShapeCounts {
  const shape = shapeOf(url);
  const known = shapes[shape] ?? { articles: 0, others: 0 };
  const counted = { articles: known.articles + Number(isArticle), others: known.others + Number(!isArticle) };
  const halve = counted.articles + counted.others > mostCounted;
  const next = {
    ...shapes,
    [shape]: halve ? { articles: counted.articles >> 1, others: counted.others >> 1 } : counted,
  };
  const all = Object.entries(next);
  if (all.length <= mostShapes) return next;
  const weight = ({ articles, others }: { articles: number; others: number }) => articles + others;
  return Object.fromEntries(all.sort(([, a], [, b]) => weight(b) - weight(a)).slice(0, mostShapes / 2));
}

/** The memories of the hosts that one crawl touches: read once, learnt into page by page, written at the end. */
export class HostMemories {
  readonly #store: SiteMemoryStore;
  readonly #loaded = new Map<string, Promise<{ memory: HostMemory; changed: boolean }>>();

  constructor(store: SiteMemoryStore) {
    this.#store = store;
  }

  #load(host: string): Promise<{ memory: HostMemory; changed: boolean }> {
    const known = this.#loaded.get(host);
    if (known) return known;
    const loading = this.#store.read(host).then((memory) => ({ memory: memory ?? { shapes: {} }, changed: false }));
    this.#loaded.set(host, loading);
    return loading;
  }

  async of(host: string): Promise<HostMemory> {
    return (await this.#load(host)).memory;
  }

  /** Takes in what a page turned out to be; `blocks` of articles only. */
  async learn(url: URL, isArticle: boolean, blocks: BlockPrints | undefined, now: Instant): Promise<void> {
    const entry = await this.#load(url.host);
    const { lines, shapes } = entry.memory;
    entry.memory = {
      lines: blocks ? learn(lines, blocks, now) : lines,
      shapes: countShape(shapes, url, isArticle),
    };
    entry.changed = true;
  }

  /** Takes in what a listing says of itself, for its own host and those that its links lead to. */
  async learnListing(
    url: string,
    description: string,
    links: readonly { readonly url: string }[],
    now: Instant,
  ): Promise<void> {
    const hosts = new Set([url, ...links.map((link) => link.url)].flatMap((address) => URL.parse(address)?.host ?? []));
    for (const host of [...hosts].slice(0, mostHosts)) {
      const entry = await this.#load(host);
      entry.memory = { ...entry.memory, lines: learn(entry.memory.lines, printsOfListing(url, description), now) };
      entry.changed = true;
    }
  }

  async save(): Promise<void> {
    for (const [host, loading] of this.#loaded) {
      const entry = await loading;
      if (entry.changed) await this.#store.write(host, entry.memory);
      entry.changed = false;
    }
  }
}
