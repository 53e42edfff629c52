import { describe, expect, it } from 'vitest';
import { readListing } from '../../../src/crawl/listings/listing.ts';
import type { HostMemory } from '../../../src/crawl/ports.ts';
import { HostMemories } from '../../../src/crawl/run/host-memory.ts';
import { extractArticle } from '../../../src/extract/extract.ts';

const now = '2026-11-29T10:00:00.000Z';
const tagline = 'Stories of the river, told daily.';
const text = [
  'The ferry of the lower town has stopped for the winter, and the river is quiet again until the ice goes in March.',
  'Its captain, who has steered it for thirty years, told the council that a bridge would cost him his trade.',
  'The council will vote in January on a crossing of stone, and on a second landing for those who prefer the boat.',
];
const page = (description: string) => `<html><head><title>Ferry stops for winter</title>
<meta name="description" content="${description}"></head><body><article><h1>Ferry stops for winter</h1>
${text.map((line) => `<p>${line}</p>`).join('')}</article></body></html>`;
const link = 'https://paper.example/news/ferry-stops-for-winter';

const lists = {
  RSS: `<rss version="2.0"><channel><title>P</title><description>${tagline}</description><item><title>F</title><link>${link}</link></item></channel></rss>`,
  Atom: `<feed xmlns="http://www.w3.org/2005/Atom"><title>P</title><subtitle>${tagline}</subtitle><entry><title>F</title><id>1</id><link href="${link}"/></entry></feed>`,
  'JSON Feed': JSON.stringify({
    version: 'https://jsonfeed.org/version/1.1',
    title: 'P',
    description: tagline,
    items: [{ id: '1', url: link, title: 'F' }],
  }),
};

describe('the tagline of a site', () => {
  /** What the memory of the article's host holds after a listing was read. */
  async function memoryAfter(kind: 'feed' | 'section', url: string, body: string) {
    const stored = new Map<string, HostMemory>();
    const store = {
      read: async (host: string) => stored.get(host),
      write: async (host: string, memory: HostMemory) => void stored.set(host, memory),
    };
    const memories = new HostMemories(store);
    const { description, links } = await readListing({
      kind,
      url,
      body: Buffer.from(body),
      contentType: undefined,
      shapes: {},
      now: new Date(now),
    });
    expect(description).toBe(tagline);
    await memories.learnListing(url, tagline, links, now);
    await memories.save();
    return stored.get('paper.example')?.lines;
  }

  it.each(Object.entries(lists))('is known from its feed before a second page shows it: %s', async (_, body) => {
    // The feed of a service on another host speaks of the paper's pages too.
    const memory = await memoryAfter('feed', 'https://feeds.example/paper', body);
    const summary = (description: string) =>
      extractArticle({ html: page(description), url: link }, { memory }).article.summary;
    expect(summary(tagline)).toBeUndefined();
    expect(summary('The boat rests until March.')).toBe('The boat rests until March.');
  });

  it('is known from its front page', async () => {
    const front = `<html><head><meta name="description" content="${tagline}"></head><body><a href="${link}">Ferry stops for the winter on the river</a></body></html>`;
    const memory = await memoryAfter('section', 'https://paper.example/', front);
    expect(extractArticle({ html: page(tagline), url: link }, { memory }).article.summary).toBeUndefined();
  });
});
