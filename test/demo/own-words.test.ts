import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { load } from 'cheerio';
import { expect, it } from 'vitest';
import { printEdition, siteOf } from '../../src/demo/edition.ts';
import { outlets } from '../../src/demo/outlets.ts';
import { pages } from '../../src/demo/pages.ts';
import { changes } from '../../src/demo/press.ts';
import { tickerPage } from '../../src/demo/ticker.ts';

/** The folder of the seed documents, which are not in the repository. */
const seeds = process.env.COURANT_SEEDS;

/** Every run of six words. */
function runs(text: string): Set<string> {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return new Set(words.slice(5).map((_, index) => words.slice(index, index + 6).join(' ')));
}

it.skipIf(!seeds)('shares no run of six words with the seed documents, on any page', async () => {
  const folder = seeds ?? '';
  const texts = await Promise.all((await readdir(folder)).map((name) => readFile(join(folder, name), 'utf8')));
  expect(texts).toHaveLength(5);
  const theirs = new Set(texts.flatMap((text) => [...runs(text)]));
  const moment = { opened: new Date(), states: changes.map(() => new Date()) };
  const ours = outlets.flatMap((outlet) => {
    const origin = `http://${outlet.id}.example`;
    const printed = printEdition(outlet, origin, moment);
    const markup = [
      ...printed.map(({ page }) => outlet.template.article(page)),
      pages.front(outlet, siteOf(outlet, origin), printed),
      pages.form(outlet, siteOf(outlet, origin), 'Form'),
    ];
    return markup.map(({ text }) => load(text).root().text());
  });
  ours.push(load(tickerPage('http://ticker.example', moment.opened).text).root().text());
  expect(ours.length).toBeGreaterThan(30);
  expect(ours.flatMap((text) => [...runs(text)].filter((run) => theirs.has(run)))).toEqual([]);
});
