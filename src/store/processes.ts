import type { Db } from './db.ts';

/** A process of the wire. */
export interface LivingProcess {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  /** The parts that run in it. */
  readonly roles: readonly string[];
  readonly startedAt: Date;
  readonly seenAt: Date;
}

/** One that has not been heard of for longer is dead. */
const aliveMs = 60_000;
const forgottenMs = 3_600_000;

/** Says that the process lives, and forgets those that have been dead for long. */
export async function beat(db: Db, { id, host, pid, roles, startedAt, seenAt }: LivingProcess): Promise<void> {
  await db
    .insertInto('processes')
    .values({ id, host, pid, roles: [...roles], started_at: startedAt, seen_at: seenAt })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ roles: [...roles], seen_at: seenAt }))
    .execute();
  await db
    .deleteFrom('processes')
    .where('seen_at', '<', new Date(seenAt.getTime() - forgottenMs))
    .execute();
}

/** The process ends in order. */
export async function leave(db: Db, id: string): Promise<void> {
  await db.deleteFrom('processes').where('id', '=', id).execute();
}

export async function livingProcesses(db: Db, now: Date): Promise<LivingProcess[]> {
  const rows = await db
    .selectFrom('processes')
    .selectAll()
    .where('seen_at', '>', new Date(now.getTime() - aliveMs))
    .orderBy('started_at')
    .execute();
  return rows.map(({ started_at: startedAt, seen_at: seenAt, ...row }) => ({ ...row, startedAt, seenAt }));
}
