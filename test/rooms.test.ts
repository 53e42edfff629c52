import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

/**
 * What each room may import besides itself and libraries. A file belongs to the room with the longest matching path. Arrows point
 * down this list: cli → app → workers → the rooms that touch the world → store, queue → the pure rooms → text → domain.
 * Where a room asks others for something, it declares a port, and the adapter lives in `src/store`.
 */
const pure = ['src/text', 'src/domain'];
const mayImport: Readonly<Record<string, readonly string[]>> = {
  'src/domain': [],
  'src/text': ['src/domain'],
  feeds: pure,
  'src/extract': pure,
  'src/dedupe': pure,
  'src/classify': pure,
  'src/catalogue': pure,
  'src/ingest': ['src/dedupe', ...pure],
  'src/crawl/ports': ['src/extract', ...pure],
  'src/crawl/fetch': ['src/crawl/ports', ...pure],
  'src/crawl/listings': ['src/crawl/fetch', 'src/crawl/ports', 'feeds', ...pure],
  'src/crawl/parse': ['src/crawl/listings', 'src/crawl/fetch', 'src/extract', ...pure],
  'src/crawl/run': [
    'src/crawl/parse',
    'src/crawl/listings',
    'src/crawl/fetch',
    'src/crawl/ports',
    'src/extract',
    ...pure,
  ],
  'src/discovery': ['src/crawl/listings', 'src/crawl/fetch', 'feeds', ...pure],
  'src/store': ['src/ingest', 'src/crawl/ports', 'src/dedupe', ...pure],
  'src/queue': pure,
  'src/publish': ['src/store', ...pure],
  'src/web': ['src/store', 'src/queue', 'src/classify', 'feeds', ...pure],
  'src/demo': pure,
  workers: ['src/crawl/run', 'src/ingest', 'src/publish', 'src/store', 'src/queue', 'src/classify', ...pure],
  'src/app': [
    ...['workers', 'src/web', 'src/publish', 'src/crawl', 'src/discovery', 'src/ingest', 'src/store', 'src/queue'],
    ...['src/catalogue', 'src/classify', 'src/dedupe', ...pure],
  ],
  'src/cli': [
    ...['src/app', 'src/discovery', 'src/demo', 'src/store', 'src/crawl/fetch', 'src/catalogue'],
    ...['src/extract', 'src/dedupe', 'src/classify', 'feeds', ...pure],
  ],
  'src/cli.ts': ['src/cli', 'src/domain'],
  tools: ['src/extract', 'src/dedupe', 'src/classify', ...pure],
};
const rooms = Object.keys(mayImport).sort((a, b) => b.length - a.length);

const isIn = (file: string, room: string): boolean =>
  file === room || file.startsWith(`${room}/`) || file === `${room}.ts`;
const roomOf = (file: string): string | undefined => rooms.find((room) => isIn(file, room));

const specifier = /(?:\bfrom|\bimport\(|^import)\s*'(\.{1,2}\/[^']+)'/gm;

async function imports(): Promise<{ file: string; imported: string }[]> {
  const found: { file: string; imported: string }[] = [];
  for await (const file of glob(['src/**/*.ts', 'feeds/**/*.ts', 'workers/**/*.ts', 'tools/**/*.ts'])) {
    for (const [, to = ''] of readFileSync(file, 'utf8').matchAll(specifier)) {
      found.push({ file, imported: path.join(path.dirname(file), to) });
    }
  }
  return found;
}

describe('rooms', async () => {
  const all = await imports();

  it('sees the imports at all', () => {
    expect(all.length).toBeGreaterThan(500);
    expect(all).toContainEqual({ file: 'src/cli/crawl.ts', imported: 'src/app/app.ts' });
  });

  it('gives every file a room', () => {
    expect(all.map(({ file }) => file).filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  it('lets imports point one way only', () => {
    const wrong = all.filter(({ file, imported }) => {
      const from = roomOf(file) ?? '';
      return !isIn(imported, from) && !(mayImport[from] ?? []).some((room) => isIn(imported, room));
    });
    expect(wrong.map(({ file, imported }) => `${file} → ${imported}`)).toEqual([]);
  });

  it('has no row that nothing needs', () => {
    const unused = Object.entries(mayImport).flatMap(([room, allowed]) =>
      allowed
        .filter((target) => !pure.includes(target))
        .filter((target) => !all.some(({ file, imported }) => roomOf(file) === room && isIn(imported, target)))
        .map((target) => `${room} → ${target}`),
    );
    expect(unused).toEqual([]);
  });
});
