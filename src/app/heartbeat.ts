import { randomUUID } from 'node:crypto';
import { hostname } from 'node:os';
import type { Log } from '../domain/log.ts';
import type { Db } from '../store/db.ts';
import { beat, leave } from '../store/processes.ts';
import type { Role } from './roles.ts';

const everyMs = 10_000;

/** Tells the store that this process lives and what runs in it, so that operators see it wherever they look. */
export function openHeartbeat(db: Db, log: Log): { add(role: Role): void; close(): Promise<void> } {
  const own = { id: randomUUID(), host: hostname(), pid: process.pid, startedAt: new Date() };
  const roles: Role[] = [];
  // A database that is away is told of elsewhere.
  const tell = () =>
    beat(db, { ...own, roles, seenAt: new Date() }).catch((error: Error) =>
      log.debug({ error: error.message }, 'not said to be alive'),
    );
  const timer = setInterval(tell, everyMs);
  timer.unref();
  return {
    add(role) {
      roles.push(role);
      void tell();
    },
    async close() {
      clearInterval(timer);
      await leave(db, own.id).catch(() => undefined);
    },
  };
}
