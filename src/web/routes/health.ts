import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Queues, queueNames } from '../../queue/queues.ts';
import { askForWrites } from '../../store/db.ts';
import type { Services } from '../services.ts';

const answerWithinMs = 3000;

/** How a part answers; `reason` when it does not. */
interface PartHealth {
  readonly ok: boolean;
  readonly milliseconds: number;
  readonly reason?: string;
}

/** Asks a part and waits no longer than a monitor would. Only the error's code is told: messages may name hosts and users. */
async function ask(question: () => Promise<unknown>): Promise<PartHealth> {
  const start = performance.now();
  const milliseconds = (): number => Math.round(performance.now() - start);
  let timer: NodeJS.Timeout | undefined;
  const tooLate = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${answerWithinMs} ms`)), answerWithinMs);
  });
  try {
    await Promise.race([question(), tooLate]);
    return { ok: true, milliseconds: milliseconds() };
  } catch (error) {
    const { code } = error as { code?: string };
    const reason = code
      ? `does not answer, or takes no writes (${code})`
      : `does not answer within ${answerWithinMs} ms`;
    return { ok: false, milliseconds: milliseconds(), reason };
  } finally {
    clearTimeout(timer);
  }
}

async function pausedQueues(queues: Queues): Promise<string[]> {
  const states = await Promise.all(
    queueNames.map((name) =>
      queues
        .queue(name)
        .isPaused()
        .catch(() => false),
    ),
  );
  return queueNames.filter((_, index) => states[index]);
}

/**
 * `/health` and `/ready`: 200 when the database and the queues answer and take writes, 503 with the reason otherwise. Both come back by themselves. Before
 * the server is there at all, its port answers 503 with what is waited for.
 */
export function serveHealth(app: FastifyInstance, { db, queues }: Services): void {
  const answer = async (_request: FastifyRequest, reply: FastifyReply) => {
    const [database, queue] = await Promise.all([ask(() => askForWrites(db)), ask(() => queues.ping())]);
    const ok = database.ok && queue.ok;
    // The wire is well when the operator has paused a queue, but whoever wonders why nothing comes should see it.
    const paused = queue.ok ? await pausedQueues(queues) : [];
    return reply
      .status(ok ? 200 : 503)
      .header('cache-control', 'no-store')
      .send({ status: ok ? 'ok' : 'failing', database, queues: { backend: queues.backend, ...queue, paused } });
  };
  for (const path of ['/health', '/ready']) app.get(path, { config: { rateLimit: false } }, answer);
}
