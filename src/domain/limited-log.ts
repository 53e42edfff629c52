import type { Log } from './log.ts';

const everyMs = 60_000;
const mostKinds = 200;

/**
 * A warning that is said once and then at most once a minute for each kind, with how often it came meanwhile: a database that is away for
 * an hour must not fill the disk.
 * @param now the clock, in ms
 */
export function createLimitedLog(log: Log, now: () => number = performance.now.bind(performance)) {
  const kinds = new Map<string, { at: number; unsaid: number }>();
  return {
    /** @param error tells the kind, together with the message */
    warn(error: string, message: string): void {
      const kind = `${message}\n${error}`;
      const known = kinds.get(kind);
      if (known && now() - known.at < everyMs) {
        known.unsaid++;
        return;
      }
      if (kinds.size >= mostKinds) kinds.clear();
      kinds.set(kind, { at: now(), unsaid: 0 });
      log.warn(known && known.unsaid > 0 ? { error, repeated: known.unsaid } : { error }, message);
    },
  };
}
export type LimitedLog = ReturnType<typeof createLimitedLog>;
