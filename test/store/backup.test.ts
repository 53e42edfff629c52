import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { backupLines } from '../../src/store/backup.ts';
import { openStore, type Store } from '../../src/store/db.ts';
import { nextEvents, openTarget } from '../../src/store/events.ts';
import { RestoreError, restoreLines } from '../../src/store/restore.ts';
import { ingestTestArticle } from '../support/articles.ts';
import { openTestDatabase, type TestDatabase } from '../support/postgres.ts';

const text = (n: number) =>
  `Nummer ${n}: der Fluß stieg um ${n} Meter — „über Nacht“.\nThe second line of report ${n} says what the first did not.`;

async function* from(lines: readonly string[]): AsyncGenerator<string> {
  yield* lines.map((line) => line.trimEnd());
}

/** All that a store holds, as text, without what belongs to its server. */
async function contentOf({ pool }: Store): Promise<Record<string, string[]>> {
  const content: Record<string, string[]> = {};
  for (const table of [
    'sources',
    'links',
    'articles',
    'revisions',
    'copies',
    'fingerprints',
    'shingle_keys',
    'stories',
    'story_terms',
  ]) {
    const { rows } = await pool.query<{ row: string }>(`select t::text as row from ${table} t order by 1`);
    content[table] = rows.map(({ row }) => row);
  }
  return content;
}

let original: TestDatabase;
let store: Store;
let lines: string[];
beforeAll(async () => {
  original = await openTestDatabase();
  store = await openStore(original.url);
  await openTarget(store.db, 'webhook http://told.example/');
  for (let n = 1; n <= 5; n++)
    await ingestTestArticle(store, {
      url: `https://a.example/${n}`,
      title: `Report ${n}`,
      text: text(n),
      countries: ['RS'],
    });
  lines = await Array.fromAsync(backupLines(store, 'sources: []\n', () => undefined));
});
afterAll(async () => {
  await store.close();
  await original[Symbol.asyncDispose]();
});

describe('a backup', () => {
  it('restores an empty store to the same content, which then goes on', async () => {
    await using database = await openTestDatabase();
    const { rows, catalogue } = await restoreLines(database.url, from(lines), () => undefined);
    expect([rows.articles, catalogue]).toEqual([5, 'sources: []\n']);
    const restored = await openStore(database.url);
    expect(await contentOf(restored)).toEqual(await contentOf(store));
    // Untold events are still to be told; another server numbers its transactions anew.
    const target = 'webhook http://told.example/';
    // None is told while an older transaction of this server, another test's perhaps, may still write.
    await vi.waitFor(async () => expect((await nextEvents(restored.db, target, new Date())).length).toBe(5), 10_000);
    // New articles get new numbers, and a copy is recognised.
    const copy = { url: 'https://b.example/copy', title: 'Report 3', text: text(3) };
    expect(await ingestTestArticle(restored, copy)).toMatchObject({ kind: 'duplicate' });
    expect(
      await ingestTestArticle(restored, { ...copy, url: 'https://b.example/new', title: 'Else', text: text(77) }),
    ).toMatchObject({ kind: 'published' });
    // A transaction of somebody else on the server may hold the newest back for a moment.
    const untold = async () => (await nextEvents(restored.db, target, new Date())).length;
    await expect.poll(untold, { timeout: 30_000 }).toBe(6);
    await restored.close();
    await expect(restoreLines(database.url, from(lines), () => undefined)).rejects.toThrow(/not empty/);
  });

  it.each([
    ['a line is missing', (all: string[]) => all.filter((_, index) => index !== all.length - 5)],
    ['a byte is another one', (all: string[]) => all.map((line) => line.replace('Report 4', 'Report 5'))],
    ['its end is missing', (all: string[]) => all.slice(0, -1)],
    ['it is no backup', () => ['{"id":1}']],
    [
      'it is of a version to come',
      (all: string[]) =>
        all.map((line, index) => (index ? line : line.replace(/"migration":"[^"]+"/, '"migration":"999-x"'))),
    ],
  ])('is refused and leaves the store empty when %s', async (_, damage) => {
    await using database = await openTestDatabase();
    const error = await restoreLines(database.url, from(damage(lines)), () => undefined).catch(
      (reason: Error) => reason,
    );
    expect(String(error)).toMatch(/damaged|cut off|no backup|no migration/);
    const empty = await openStore(database.url);
    expect((await contentOf(empty)).articles).toEqual([]);
    await empty.close();
    expect(error instanceof RestoreError || String(error).includes('no migration')).toBe(true);
  });
});
