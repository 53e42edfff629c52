import { sql } from 'kysely';
import type { Recipient } from '../domain/channel.ts';
import type { Notice } from '../domain/notice.ts';
import type { Db } from './db.ts';
import { writeMessages } from './messages.ts';

/** Something that is wrong. */
export interface Alert {
  readonly kind: string;
  /** What of that kind: a source, a queue, a host; empty for the wire itself. */
  readonly subject: string;
  readonly message: string;
}

export interface OpenAlert extends Alert {
  readonly since: Date;
  /** When the operator was told; null: not yet, in quiet hours. */
  readonly toldAt: Date | null;
}

/** What changed with a look at what is wrong. */
export interface AlertChanges {
  readonly raised: readonly Alert[];
  readonly resolved: readonly OpenAlert[];
  /** Messages that were written. */
  readonly messages: readonly string[];
}

/** What is over must stay so for that long: what comes and goes is told once. */
const calmMinutes = 5;

export const openAlerts = (db: Db): Promise<OpenAlert[]> =>
  db
    .selectFrom('alerts')
    .select(['kind', 'subject', 'message', 'since', 'told_at as toldAt'])
    .orderBy('since')
    .orderBy('kind')
    .orderBy('subject')
    .execute();

/**
 * Notes what is wrong now and, in the same transaction, what the operator is told of it: what is new once, what is over once. Several
 * processes may do so at once. In quiet hours nothing is told; what is still wrong after them is told then.
 */
export function noteAlerts(
  db: Db,
  found: readonly Alert[],
  options: {
    readonly now: Date;
    readonly quiet: boolean;
    readonly recipients: readonly Recipient[];
    readonly describe: (raised: readonly Alert[], resolved: readonly OpenAlert[]) => Notice;
  },
): Promise<AlertChanges> {
  const { now, quiet, recipients, describe } = options;
  return db.transaction().execute(async (trx) => {
    await sql`lock table alerts in exclusive mode`.execute(trx);
    if (found.length > 0)
      await trx
        .insertInto('alerts')
        .values(found.map(({ kind, subject, message }) => ({ kind, subject, message, since: now })))
        .onConflict((one) =>
          one.columns(['kind', 'subject']).doUpdateSet({ message: sql`excluded.message`, clear_since: null }),
        )
        .execute();
    const still = found.map(({ kind, subject }) => `${kind} ${subject}`);
    await sql`update alerts set clear_since = ${now} where clear_since is null and kind || ' ' || subject <> all(${still}::text[])`.execute(
      trx,
    );
    const columns = sql`kind, subject, message, since, told_at as "toldAt"`;
    const { rows: over } = await sql<OpenAlert>`
      delete from alerts where clear_since <= ${now}::timestamptz - ${sql.lit(calmMinutes)} * interval '1 minute'
        and (told_at is null or ${!quiet}) returning ${columns}`.execute(trx);
    const { rows: raised } = await sql<OpenAlert>`
      update alerts set told_at = ${now} where told_at is null and clear_since is null and ${!quiet} returning ${columns}`.execute(
      trx,
    );
    // Of what was never told nobody needs to know that it is over.
    const resolved = over.filter(({ toldAt }) => toldAt !== null);
    if (raised.length + resolved.length === 0) return { raised, resolved, messages: [] };
    const notice = describe(raised, resolved);
    const to = recipients.map((one) => ({
      ...one,
      key: `alerts ${now.toISOString()} ${one.channel} ${one.address}`,
      notice,
    }));
    return { raised, resolved, messages: await writeMessages(trx, to, now) };
  });
}
