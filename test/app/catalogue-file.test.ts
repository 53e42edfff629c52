import { chmod, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type CatalogueFile, openCatalogueFile } from '../../src/app/catalogue-file.ts';
import { openLog } from '../../src/domain/log.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const written = `# Mine.
sources:
  - id: harbour
    name: Harbour Post # north
    home: https://harbour.example/
    feeds: [https://harbour.example/rss]
`;
let folder: string;
let file: string;
let catalogue: CatalogueFile;
let seen: string[][];
beforeEach(async () => {
  folder = temporaryFolder('catalogue');
  file = path.join(folder, 'sources.yaml');
  await writeFile(file, written, { mode: 0o640 });
  seen = [];
  catalogue = await openCatalogueFile(
    file,
    async ({ sources }) => void seen.push(sources.map(({ name }) => name)),
    openLog('silent'),
  );
});
afterEach(async () => {
  await catalogue.close();
  await rm(folder, { recursive: true });
});
const soon = (check: () => void) => vi.waitFor(check, { timeout: 20_000, interval: 50 });

describe('the file of the catalogue', () => {
  it('counts at once when it is edited by hand; broken it is told by line, and the one before goes on', async () => {
    await writeFile(file, written.replace('Harbour Post', 'The Post'));
    await soon(() => expect(seen).toEqual([['The Post']]));
    await writeFile(file, written.replace('home:', 'hom:'));
    await soon(() => expect(catalogue.mistake()).toMatch(/sources\.yaml:\d: hom: there is no such field/));
    expect(await catalogue.add('id: hill\nname: Hill\nhome: https://hill.example/\n')).toMatchObject({
      kind: 'refused',
    });
    await writeFile(file, written);
    await soon(() => expect(seen.at(-1)).toEqual(['Harbour Post']));
    expect(catalogue.mistake()).toBeUndefined();
  });

  it('is edited whole or not at all, with comments and rights kept', async () => {
    const { entry, version } = (await catalogue.entry('harbour')) ?? { entry: '', version: '' };
    const saved = await catalogue.save('harbour', entry.replace('Harbour Post', 'Harbour Mail'), version);
    expect(saved).toEqual({ kind: 'done', id: 'harbour' });
    expect(seen).toEqual([['Harbour Mail']]);
    expect(await readFile(file, 'utf8')).toBe(written.replace('Harbour Post', 'Harbour Mail'));
    expect((await stat(file)).mode & 0o777).toBe(0o640);
    expect(await readdir(folder)).toEqual(['sources.yaml']);
  });

  it('tells the second of two editors, and loses nothing', async () => {
    const { entry, version } = (await catalogue.entry('harbour')) ?? { entry: '', version: '' };
    const [first, second] = await Promise.all([
      catalogue.save('harbour', `${entry}lang: en\n`, version),
      catalogue.save('harbour', `${entry}lang: fr\n`, version),
    ]);
    expect(first.kind).toBe('done');
    expect(second).toMatchObject({ kind: 'conflict', entry: `${entry}lang: en\n` });
    expect(await catalogue.remove('harbour', version)).toMatchObject({ kind: 'conflict' });
    // Others may add at the same time.
    const added = await Promise.all(
      ['a', 'b'].map((id) => catalogue.add(`id: ${id}\nname: ${id}\nhome: https://${id}.example/\n`)),
    );
    expect(added.map(({ kind }) => kind)).toEqual(['done', 'done']);
    expect(seen.at(-1)).toEqual(['Harbour Post', 'a', 'b']);
  });

  it('takes in feeds that it does not list yet, and says which it does', async () => {
    const report = await catalogue.importFeeds([
      { title: 'Harbour', feedUrl: 'https://harbour.example/rss' },
      { title: 'Hill', feedUrl: 'https://hill.example/a', homeUrl: 'https://hill.example/' },
      { title: 'Hill sports', feedUrl: 'https://hill.example/b', homeUrl: 'https://hill.example/' },
    ]);
    expect(report).toEqual({
      added: [{ id: 'hill', name: 'Hill', feeds: 2 }],
      known: ['https://harbour.example/rss'],
    });
  });

  it.skipIf(process.getuid?.() === 0)('that may not be written says so', async () => {
    await chmod(folder, 0o500);
    const refused = await catalogue.add('id: hill\nname: Hill\nhome: https://hill.example/\n');
    await chmod(folder, 0o700);
    expect(refused).toMatchObject({ kind: 'refused', message: expect.stringContaining('cannot be changed') });
  });
});
