import { describe, expect, it } from 'vitest';
import { withdrawArticle } from '../../src/store/revisits.ts';
import { canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestTestArticle } from '../support/articles.ts';
import { openTestWire, writeSources } from './wire.ts';

const text = [
  'The council of Niš voted on Friday for a new tram line that will run along the river to the clinical centre.',
  'Eleven stops are planned, and the first rails are to be laid in spring, said the head of the transport office.',
  'The opposition asked for a longer branch to the northern quarters and left the hall before the vote was counted.',
  'A tram last ran in the town sixty-eight years ago; its depot is a market today, and will remain one.',
].join('\n');

describe('what ingest writes', () => {
  it('reaches subscribers: an update keeps its id, a copy becomes a link, a withdrawn article goes', async () => {
    await using wire = await openTestWire();
    const { store } = wire;
    await writeSources(store.db, [
      { id: 'morava', name: 'The Morava Courier', content: 'full' },
      { id: 'adria', name: 'Adria Dispatch' },
    ]);
    const feed = async (): Promise<
      { id: string; title: string; content_html: string; _courant: { also_at: unknown } }[]
    > => ((await (await fetch(`${wire.url}/feed.json`)).json()) as { items: never[] }).items;
    const etag = async (): Promise<string | null> => (await fetch(`${wire.url}/feed.json`)).headers.get('etag');
    const url = 'https://morava.example/tram';

    const published = await ingestTestArticle(store, { url, title: 'Niš gets its tram', text, source: 'morava' });
    if (published.kind !== 'published') throw new Error(`published was expected, not ${published.kind}`);
    const [first] = await feed();
    expect(first).toMatchObject({ id: `urn:uuid:${published.article}`, title: 'Niš gets its tram' });
    const firstTag = await etag();

    const updated = await ingestTestArticle(store, {
      url,
      title: 'Niš gets its tram back',
      text: `${text}\nThe mayor signed the contract with the builders on Saturday morning in front of the old depot.`,
      source: 'morava',
    });
    expect(updated.kind).toBe('updated');
    const items = await feed();
    expect(items.map((item) => item.id)).toEqual([first?.id]);
    expect(items[0]?.title).toBe('Niš gets its tram back');
    expect(items[0]?.content_html).toContain('The mayor signed');
    const secondTag = await etag();
    expect(secondTag).not.toBe(firstTag);
    const page = async (): Promise<string> => (await fetch(`${wire.url}/article/${published.article}`)).text();
    expect(await page()).toContain('Changed once');
    expect(await page()).toMatch(/<ins>The mayor signed/);

    const copy = await ingestTestArticle(store, {
      url: 'https://adria.example/nis-tram',
      title: 'Tram for Niš',
      text,
      source: 'adria',
    });
    expect(copy.kind).toBe('duplicate');
    const [withCopy] = await feed();
    expect(withCopy?._courant.also_at).toEqual([{ name: 'Adria Dispatch', url: 'https://adria.example/nis-tram' }]);
    expect(await etag()).not.toBe(secondTag);

    const wireCopy = await ingestTestArticle(store, {
      url: 'https://adria.example/nis-tram-2',
      title: 'Niš plans tram',
      text: text
        .replace('sixty-eight', '68')
        .replace('Eleven stops', '12 stops')
        .concat('\nAdria <b>learnt</b> the price.'),
      source: 'adria',
    });
    expect(wireCopy).toMatchObject({ kind: 'duplicate', match: 'near' });
    expect(await page()).toMatch(/counts otherwise in 2 sentences/);
    expect(await page()).toMatch(/<ins>12 stops are planned/);
    expect(await page()).toContain('Adria &lt;b&gt;learnt');
    const stranger = { headers: { 'x-forwarded-for': '203.0.113.7' } };
    const public_ = await (await fetch(`${wire.url}/article/${published.article}`, stranger)).text();
    expect(public_).toContain('nis-tram-2');
    expect(public_).not.toContain('learnt');

    expect(await withdrawArticle(store.db, canonicalUrl(url) ?? '', new Date())).toBe(true);
    expect(await feed()).toEqual([]);
    expect(await page()).toContain('taken this article down');
    const asReader = { headers: { 'x-forwarded-for': '203.0.113.7' } };
    const taken = await fetch(`${wire.url}/article/${published.article}`, asReader);
    expect(taken.status).toBe(410);
    expect(await taken.text()).not.toContain('tram');
    expect((await fetch(`${wire.url}/api/articles/${published.article}`, asReader)).status).toBe(410);
  });
});
