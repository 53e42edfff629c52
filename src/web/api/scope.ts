import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { type Filter, type FilterKind, filterKinds } from '../../domain/filter.ts';
import { readFilter, type Terms } from '../filter.ts';
import { requireSource } from '../parameters.ts';
import type { Services } from '../services.ts';

/** The part of the server that validates and serialises by schema. */
export type Api = FastifyInstance<
  FastifyInstance['server'],
  Parameters<FastifyInstance['routing']>[0],
  Parameters<FastifyInstance['routing']>[1],
  FastifyInstance['log'],
  ZodTypeProvider
>;

type Given = Terms & { readonly [Kind in FilterKind]?: readonly string[] | undefined };

/** The filter that a query names; of several values of a kind one must fit. @throws UnknownFilterError that says what there is */
export async function filterOf(query: Given, services: Services): Promise<Filter> {
  const anyOf: Partial<Record<FilterKind, string[]>> = {};
  const segments: string[] = [];
  for (const kind of filterKinds) {
    const words = query[kind] ?? [];
    const ids = words.map((word) => readFilter([kind, word], {}, services.labels)[kind] ?? word);
    if (kind === 'source') await Promise.all(ids.map((id) => requireSource(services.db, id)));
    if (ids.length > 1) anyOf[kind] = ids;
    else if (words[0] !== undefined) segments.push(kind, words[0]);
  }
  const filter = readFilter(segments, query, services.labels);
  return Object.keys(anyOf).length === 0 ? filter : { ...filter, anyOf };
}
