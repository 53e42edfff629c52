import { type Logger, pino } from 'pino';

export type Log = Logger;

/**
 * The process's logger. Everything goes to stderr (stdout belongs to data): readable lines on a terminal, JSON lines otherwise.
 * @param level pino's level: trace, debug, info, warn, error, silent
 */
export function openLog(level: string): Log {
  if (process.stderr.isTTY) {
    return pino({ level, transport: { target: 'pino-pretty', options: { destination: 2, ignore: 'pid,hostname' } } });
  }
  return pino({ level }, pino.destination({ dest: 2, sync: true }));
}
