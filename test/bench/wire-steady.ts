import pg from 'pg';
import { cpuOf } from './process-tree.ts';
import { threadUse } from './thread-use.ts';

/** How far a round was at a moment, and what it had used by then. */
interface Sample {
  readonly at: number;
  /** Articles new in the store. */
  readonly published: number;
  readonly threads: ReadonlyMap<string, number>;
  readonly database: number;
  readonly wal: number;
  readonly transactions: number;
  readonly calls: number;
  /** Links whose article waits for ingest: where there are more at the end than at the third, more was fetched than was ingested. */
  readonly queued: number;
}

/** Watches a round of the wire, so that its steady part can be told from its start. */
export interface SteadyWatch extends AsyncDisposable {
  /** Rows of a report; `articles` were taken in all. */
  report(articles: number): Promise<Record<string, number>>;
  /** How many of the new articles came to stories of two and more, and how many stories these are. */
  stories(): Promise<Record<string, number>>;
  /** The statements that took most of the server's time. */
  statements(articles: number): Promise<Record<string, unknown>[]>;
}

const sampleEveryMs = 2000;

/** @param url of the server that the round uses */
export async function watchSteady(
  url: string,
  pids: { readonly wire: number; readonly database: () => number[] },
): Promise<SteadyWatch> {
  const client = new pg.Client({ connectionString: url, options: '-c search_path=courant,public' });
  await client.connect();
  const { rows: loaded } = await client.query(`select 1 from pg_extension where extname = 'pg_stat_statements'`);
  const hasStatements = loaded.length > 0;
  if (hasStatements) await client.query('select pg_stat_statements_reset()');
  const before = await progress();
  const samples: Sample[] = [];
  let sampling = Promise.resolve();
  const timer = setInterval(() => {
    sampling = sampling.then(sample).catch(() => undefined);
  }, sampleEveryMs);

  async function progress() {
    const { rows } = await client.query<Record<'published' | 'wal' | 'transactions' | 'calls' | 'queued', string>>(`
      select (select coalesce(last_value, 0) from pg_sequences where schemaname = 'courant' and sequencename = 'articles_seq_seq') as published,
        pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') as wal,
        (select xact_commit from pg_stat_database where datname = current_database()) as transactions,
        (select count(*) from links where state = 'queued') as queued,
        ${hasStatements ? '(select sum(calls) from pg_stat_statements)' : '0'} as calls`);
    const [row] = rows;
    const number = (key: 'published' | 'wal' | 'transactions' | 'calls' | 'queued') => Number(row?.[key] ?? 0);
    return {
      published: number('published'),
      wal: number('wal'),
      transactions: number('transactions'),
      calls: number('calls'),
      queued: number('queued'),
    };
  }

  async function sample(): Promise<void> {
    const now = await progress();
    const threads = threadUse(pids.wire);
    if (threads.size > 0) samples.push({ at: performance.now(), ...now, threads, database: cpuOf(pids.database()) });
  }

  return {
    async report(articles) {
      const last = samples.at(-1)?.published ?? 0;
      const published = last - before.published;
      const third = samples.find((one) => one.published - before.published >= published / 3);
      const end = samples.find((one) => one.published === last);
      if (!third || !end || end.published === third.published) return {};
      // Copies and updates come evenly between the new ones.
      const steady = (articles * (end.published - third.published)) / published;
      const each = (amount: number) => Number((amount / steady).toFixed(1));
      const upToEnd = samples.slice(0, samples.indexOf(end) + 1);
      // Threads may have ended by then, the parsers' do when all is fetched: the most that was seen is what they used.
      const used = (kind: string) => Math.max(...upToEnd.map(({ threads }) => threads.get(kind) ?? 0));
      const ms = (kind: string) => 1000 * (used(kind) - (third.threads.get(kind) ?? 0));
      const kinds = [...new Set(upToEnd.flatMap(({ threads }) => [...threads.keys()]))];
      const wire = kinds.reduce((sum, kind) => sum + ms(kind), 0);
      const database = 1000 * (end.database - third.database);
      return {
        'steady: articles/s': Number(((1000 * steady) / (end.at - third.at)).toFixed(1)),
        'steady: wire + PostgreSQL, CPU ms an article': each(wire + database),
        'steady: wire': each(wire),
        ...Object.fromEntries(kinds.map((kind) => [`steady: ${kind}`, each(ms(kind))])),
        'steady: PostgreSQL': each(database),
        'steady: WAL, kB an article': each((end.wal - third.wal) / 1000),
        'steady: transactions an article': each(end.transactions - third.transactions),
        ...(hasStatements ? { 'steady: statements an article': each(end.calls - third.calls) } : {}),
        'waiting for ingest at the third': third.queued,
        'waiting for ingest at the end': end.queued,
      };
    },
    async stories() {
      const { rows } = await client.query<{ stories: string; articles: string }>(
        `select count(*) as stories, coalesce(sum(articles), 0) as articles
         from (select count(*) as articles from articles where seq > $1 group by story having count(*) > 1) as told`,
        [before.published],
      );
      return { 'stories of several': Number(rows[0]?.stories), 'articles in them': Number(rows[0]?.articles) };
    },
    async statements(articles) {
      if (!hasStatements) return [];
      const { rows } = await client.query<{ query: string; calls: string; ms: number; wal: string }>(`
        select query, sum(calls) as calls, sum(total_exec_time) as ms, sum(wal_bytes) as wal
        from pg_stat_statements group by query order by 3 desc limit 30`);
      return rows.map((row) => ({
        statement: row.query.replaceAll(/\s+/g, ' ').slice(0, 100),
        'calls an article': Number((Number(row.calls) / articles).toFixed(2)),
        'ms an article': Number((row.ms / articles).toFixed(3)),
        'WAL kB an article': Number((Number(row.wal) / articles / 1000).toFixed(2)),
      }));
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer);
      await sampling;
      await client.end();
    },
  };
}
