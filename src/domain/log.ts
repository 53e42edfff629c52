import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * The process's logger. Everything goes to stderr (stdout belongs to data): readable lines on a terminal, JSON lines otherwise.
 * @param level pino's level: trace, debug, info, warn, error, silent
 */
export function openLog(level: string): Log {
  if (process.stderr.isTTY) {
    // One line each; of a crawl the message says what matters.
    const options = { destination: 2, ignore: 'pid,hostname,worker,counts', singleLine: true };
    return pino({ level, transport: { target: 'pino-pretty', options } });
  }
  return pino({ level }, pino.destination({ dest: 2, sync: true }));
}
