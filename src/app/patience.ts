import { setTimeout as sleep } from 'node:timers/promises';
import { CannotRunError, reasonOf } from '../domain/cannot-run.ts';
import type { Log } from '../domain/log.ts';

/** How long the start of a process waits for what does not answer yet. */
export interface Patience {
  /** Ends the waiting. */
  readonly signal: AbortSignal;
  /** Seconds until it gives up; without a limit when not given, not at all when 0. */
  readonly seconds?: number | undefined;
  /** Told what is waited for and why. */
  readonly onWait?: (waitingFor: string) => void;
}

const firstPauseMs = 500;
const longestPauseMs = 10_000;

/**
 * PostgreSQL's and the system's codes for what may pass by itself: nobody listens there (yet), the server starts or stops, all connections
 * are taken, it is a standby for now, the network is away. A wrong password or a database that does not exist does not pass, nor what a PgBouncer refuses (08P01).
 */
const passing =
  /^(?:ECONNREFUSED|ECONNRESET|ECONNABORTED|EPIPE|ETIMEDOUT|EHOSTUNREACH|ENETUNREACH|ENETDOWN|ENOTFOUND|EAI_AGAIN|25006|08(?!P01)\w{3}|53300|57P0[1-5])$/;

/** Whether what was asked for may be there a little later. */
export function mayPass(error: unknown): boolean {
  for (let one = error, depth = 0; one !== undefined && depth < 5; depth++) {
    const { code, message = '', cause, errors } = one as Error & { code?: string; errors?: unknown[] };
    if (code !== undefined && passing.test(code)) return true;
    if (errors?.some(mayPass)) return true;
    if (
      /^(?:OOM|READONLY|NOREPLICAS|MISCONF) |timeout|no answer within|terminated unexpectedly|not queryable|Connection is closed|LOADING|closed the connection/i.test(
        message,
      )
    )
      return true;
    one = cause as typeof one;
  }
  return false;
}

/**
 * Opens what may not answer yet: tries again with growing pauses, and says so once for each reason.
 * @throws CannotRunError when patience ends, or what `open` throws when waiting does not help
 */
export async function openPatiently<T>(
  name: string,
  open: () => Promise<T>,
  log: Log,
  { signal, seconds, onWait }: Patience,
): Promise<T> {
  const started = performance.now();
  let said = '';
  for (let pause = firstPauseMs; ; pause = Math.min(2 * pause, longestPauseMs)) {
    try {
      const opened = await open();
      if (said !== '') log.info({ seconds: Math.round((performance.now() - started) / 1000) }, `${name} there`);
      return opened;
    } catch (error) {
      const waited = (performance.now() - started) / 1000;
      if (!mayPass(error)) throw error;
      if (seconds !== undefined && waited >= seconds) {
        if (seconds === 0) throw error;
        throw new CannotRunError(`${reasonOf(error)} It was waited for ${Math.round(waited)} s.`, { cause: error });
      }
      const reason = reasonOf(error);
      if (reason !== said) log.warn({ error: reason }, `waiting for ${name}`);
      said = reason;
      onWait?.(`${name}: ${reason}`);
    }
    await sleep(pause, undefined, { signal }).catch(() => undefined);
    if (signal.aborted) throw new StoppedError('stopped while waiting');
  }
}

/** The process was asked to stop before it had begun. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}
