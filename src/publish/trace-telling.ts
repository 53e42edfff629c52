import { reasonOf } from '../domain/cannot-run.ts';
import type { Tracer } from '../domain/tracer.ts';

/** What is told, for the traces of its articles. */
interface Telling {
  /** The steps of which it is a part, one an article; without any it is a trace of its own. */
  readonly parents: readonly string[];
  readonly attributes: Readonly<Record<string, string | number>>;
}

/** Tells somebody, as a step `tell` in the trace of each article that is told of. Without a tracer it only tells. */
export async function traceTelling<T>(
  tracer: Tracer | undefined,
  of: () => Promise<Telling>,
  tell: () => Promise<T>,
): Promise<T> {
  if (!tracer) return tell();
  const { parents, attributes } = await of();
  const startedAt = Date.now();
  const record = (error?: string): void => {
    for (const parent of parents.length > 0 ? parents : [undefined])
      tracer.record({ name: 'tell', startedAt, endedAt: Date.now(), parent, attributes, error });
  };
  try {
    const answer = await tell();
    record();
    return answer;
  } catch (error) {
    record(reasonOf(error));
    throw error;
  }
}
