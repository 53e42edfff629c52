import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { label, openTestWire, type TestWire, writeArticle, writeSources } from './wire.ts';

let wire: TestWire;
beforeAll(async () => {
  wire = await openTestWire();
  await writeSources(wire.store.db, [{ id: 'paper', name: 'Paper' }]);
  await writeArticle(wire.store.db, { title: 'The first', countries: [label('RS')] });
});
afterAll(() => wire[Symbol.asyncDispose]());

/** The stream that a page names, as a browser asks for it. */
async function listen(page: string, at: TestWire = wire) {
  const html = await (await fetch(`${at.url}${page}`)).text();
  const [, address = ''] = /id="live" href="([^"]+)"/.exec(html) ?? [];
  const stop = new AbortController();
  const answer = await fetch(`${at.url}${address.replaceAll('&amp;', '&')}`, { signal: stop.signal });
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
  let heard = '';
  return {
    answer,
    /** Reads until it matches; undefined when the stream ends before. */
    async hear(what: RegExp): Promise<string | undefined> {
      for (;;) {
        const found = what.exec(heard)?.[0];
        if (found !== undefined) return found;
        const { value, done = true } = (await reader?.read()) ?? {};
        if (done) return undefined;
        heard += value;
      }
    },
    stop: () => stop.abort(),
  };
}

describe('events', () => {
  it('tell a page how many items of its filter are new since it was made', async () => {
    const serbia = await listen('/region/RS');
    const croatia = await listen('/region/HR');
    expect(serbia.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(serbia.answer.headers.get('content-encoding')).toBeNull();
    await writeArticle(wire.store.db, { title: 'A second', countries: [label('RS')] });
    expect(await serbia.hear(/event: new\ndata: \d+/)).toBe('event: new\ndata: 1');
    await writeArticle(wire.store.db, { title: 'A third', countries: [label('RS'), label('HR')] });
    expect(await serbia.hear(/event: new\ndata: 2/)).toBeDefined();
    expect(await croatia.hear(/event: new\ndata: \d+/)).toBe('event: new\ndata: 1');
    serbia.stop();
    croatia.stop();
  });

  it('tell at once what came while the page was on its way', async () => {
    const { rows } = await wire.store.pool.query(`select max(seq) as last from ${wire.store.schema}.articles`);
    await writeArticle(wire.store.db, { title: 'Meanwhile', countries: [label('RS')] });
    const stop = new AbortController();
    const answer = await fetch(`${wire.url}/events?path=/region/RS&since=${rows[0].last}`, { signal: stop.signal });
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader();
    let heard = '';
    while (!heard.includes('data: 1')) heard += (await reader?.read())?.value ?? '';
    stop.abort();
  });

  it.each([
    ['/events', 400, 'is the number of an article'],
    ['/events?since=1&path=https://evil.example', 400, 'is that of a page'],
    ['/events?since=-1', 400, 'is the number of an article'],
    ['/events?since=1&path=/region/atlantis', 404, 'is not known here'],
  ])('refuse %s in words', async (address, status, words) => {
    const answer = await fetch(`${wire.url}${address}`);
    expect([answer.status, (await answer.text()).includes(words)]).toEqual([status, true]);
  });

  it('are for twenty pages of one address at most; one that closes makes room', async () => {
    const stops: AbortController[] = [];
    const open = async (): Promise<number> => {
      const stop = new AbortController();
      stops.push(stop);
      return (await fetch(`${wire.url}/events?since=0`, { signal: stop.signal })).status;
    };
    for (let index = 0; index < 20; index++) expect(await open()).toBe(200);
    expect(await open()).toBe(429);
    stops[0]?.abort();
    await expect.poll(open).toBe(200);
    for (const stop of stops) stop.abort();
  });

  it('end when the server stops, which does not wait for them', async () => {
    const other = await openTestWire();
    const stream = await listen('/', other);
    const started = performance.now();
    await other[Symbol.asyncDispose]();
    expect(await stream.hear(/never/)).toBeUndefined();
    expect(performance.now() - started).toBeLessThan(10_000);
  });
});
