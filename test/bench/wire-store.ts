import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, rm } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import pg from 'pg';
import { openIngest } from '../../src/ingest/batch.ts';
import { openStore } from '../../src/store/db.ts';
import { openEmbeddedPostgres } from '../../src/store/embedded.ts';
import { ingestStore } from '../../src/store/ingest.ts';
import { registerLinks } from '../../src/store/links.ts';
import { type CanonicalUrl, canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestInput } from '../dedupe/input.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { generateText } from './generated-text.ts';

/** The data folder of a stopped server whose store holds articles. */
export interface FilledStore extends AsyncDisposable {
  readonly folder: string;
}

/**
 * Fills a store by the code of a checkout: from 2,000 articles on terms are counted in one article of eight, as in the life of a store.
 * @param statements counts the server's statements by kind, which costs it some time
 */
export async function openFilled(checkout: string, articles: number, statements: boolean): Promise<FilledStore> {
  const folder = temporaryFolder('filled');
  // As root the server runs as another user, who must be able to read here.
  await chmod(folder, 0o755);
  const words = ['test/bench/wire-store.ts', '--data', folder, '--articles', String(articles)];
  const filler = spawn(process.execPath, [...words, ...(statements ? ['--statements'] : [])], {
    cwd: checkout,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [code] = await once(filler, 'close');
  if (code !== 0) throw new Error(`the store could not be filled (status ${code})`);
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) };
}

/** Copies a filled store to a folder and starts its server there. */
export async function copyFilled(filled: string, folder: string): Promise<{ url: string } & AsyncDisposable> {
  const copy = spawn('cp', ['-a', `${filled}/.`, folder], { stdio: 'inherit' });
  const [code] = await once(copy, 'close');
  if (code !== 0) throw new Error(`the filled store could not be copied (status ${code})`);
  // The copies of a store would all want its port.
  await rm(path.join(folder, 'postgres-port'), { force: true });
  const server = await openEmbeddedPostgres(folder);
  return { url: server.url, [Symbol.asyncDispose]: () => server.release() };
}

async function fill(url: string, articles: number): Promise<void> {
  await using store = Object.assign(await openStore(url), {
    async [Symbol.asyncDispose](this: { close(): Promise<void> }) {
      await this.close();
    },
  });
  const ingest = openIngest(ingestStore(store));
  const input = (index: number) => {
    const { title, paragraphs } = generateText(900_000_000 + index);
    const urlKey = canonicalUrl(`https://archive-${index % 60}.example/${index}`) as CanonicalUrl;
    const seenAt = new Date(Date.now() - 86_400_000 - (articles - index) * 60_000).toISOString();
    return ingestInput({
      urlKey,
      source: `archive-${index % 60}`,
      title,
      text: paragraphs.join('\n'),
      seenAt,
      lang: 'en',
    });
  };
  for (let from = 0; from < articles; from += 64) {
    const some = Array.from({ length: Math.min(64, articles - from) }, (_, index) => input(from + index));
    await registerLinks(
      store.db,
      'archive',
      some.map(({ urlKey: key, link }) => ({ key, link })),
      new Date(),
    );
    await Promise.all(some.map((one) => ingest.add(one)));
  }
  await ingest.close();
  await store.pool.query('vacuum analyze');
}

async function countStatements(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(`alter system set shared_preload_libraries = 'pg_stat_statements'`);
  await client.query('create extension if not exists pg_stat_statements');
  await client.end();
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: {
      data: { type: 'string' },
      articles: { type: 'string', default: '3000' },
      statements: { type: 'boolean', default: false },
    },
  });
  if (values.data === undefined) throw new Error('--data names an empty folder');
  const server = await openEmbeddedPostgres(values.data);
  try {
    await fill(server.url, Number(values.articles));
    if (values.statements) await countStatements(server.url);
  } finally {
    await server.release();
  }
}
