import type { ServerResponse } from 'node:http';
import type { Filter } from '../domain/filter.ts';
import type { Db } from '../store/db.ts';
import { newSeqs } from '../store/read/articles.ts';

/** Streams that are open at the same time: all, and of one address. */
const mostStreams = 500;
const mostOfAddress = 20;
/** Proxies and the server's own time limit (20 s of silence) end a stream that says nothing. */
const heartBeatMs = 15_000;
/** How often it is looked whether something is new. */
const lookMs = 2000;
/** More new items are not counted. */
export const mostNew = 100;

interface Stream {
  readonly response: ServerResponse;
  readonly address: string;
  readonly filter: Filter;
  readonly since: number;
  told: number;
}

export interface Live {
  /** Tells an open response of what is new in a filter since that article. @returns false when there are too many streams */
  open(stream: Omit<Stream, 'told'>): boolean;
  close(): void;
}

/**
 * Server-sent events (https://html.spec.whatwg.org/multipage/server-sent-events.html): how many items are new in a filter. One look at the
 * store for each filter that somebody watches, and only when something changed.
 */
export function openLive(db: Db, askVersion: () => Promise<string>): Live {
  const streams = new Set<Stream>();
  let version: string | undefined;
  let looking = false;

  const beat = setInterval(() => {
    for (const { response } of streams) response.write(': here\n\n');
  }, heartBeatMs).unref();
  const timer = setInterval(() => void look(), lookMs).unref();

  async function look(): Promise<void> {
    if (looking || streams.size === 0) return;
    looking = true;
    try {
      const now = await askVersion();
      if (now === version) return;
      await tellAll([...streams]);
      version = now;
    } catch {
      // The store is away: its watchers say so. The next look may do.
    } finally {
      looking = false;
    }
  }

  async function tellAll(open: readonly Stream[]): Promise<void> {
    for (const watchers of Map.groupBy(open, ({ filter }) => JSON.stringify(filter)).values()) {
      const [first] = watchers;
      if (!first) continue;
      const since = Math.min(...watchers.map((one) => one.since));
      const fresh = (await newSeqs(db, first.filter, String(since), mostNew)).map(Number);
      for (const stream of watchers) tell(stream, fresh.filter((seq) => seq > stream.since).length);
    }
  }

  function tell(stream: Stream, count: number): void {
    if (count === stream.told || !streams.has(stream)) return;
    stream.told = count;
    stream.response.write(`event: new\ndata: ${count}\n\n`);
  }

  return {
    open(wanted) {
      const ofAddress = [...streams].filter(({ address }) => address === wanted.address).length;
      if (streams.size >= mostStreams || ofAddress >= mostOfAddress) return false;
      const stream = { ...wanted, told: 0 };
      streams.add(stream);
      stream.response.on('close', () => streams.delete(stream));
      // What came while the page was on its way is told at once.
      tellAll([stream]).catch(() => undefined);
      return true;
    },
    close() {
      clearInterval(beat);
      clearInterval(timer);
      for (const { response } of streams) response.end();
      streams.clear();
    },
  };
}
