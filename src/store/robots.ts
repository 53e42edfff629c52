import type { RobotsStore } from '../crawl/ports.ts';
import type { Db } from './db.ts';

/** The robots.txt files that any worker has read. */
export function storedRobots(db: Db): RobotsStore {
  return {
    async load(origin) {
      const row = await db.selectFrom('robots').selectAll().where('origin', '=', origin).executeTakeFirst();
      return row && { ...row.rules, expiresAt: row.expires_at.getTime() };
    },
    async save(origin, { text, validators, expiresAt }) {
      // NUL is the one character that PostgreSQL cannot keep.
      const rules = JSON.stringify({ text: text.replaceAll('\0', ''), validators });
      const row = { rules, expires_at: new Date(expiresAt) };
      await db
        .insertInto('robots')
        .values({ origin, ...row })
        .onConflict((conflict) => conflict.column('origin').doUpdateSet(row))
        .execute();
    },
  };
}
