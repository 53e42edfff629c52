import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { type Filter, filterKinds } from '../../domain/filter.ts';
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

type Given = Terms & { readonly [Kind in (typeof filterKinds)[number]]?: string | undefined };

/** The filter that a query names. @throws UnknownFilterError that says what there is */
export async function filterOf(query: Given, services: Services): Promise<Filter> {
  const segments = filterKinds.flatMap((kind) => {
    const word = query[kind];
    return word === undefined ? [] : [kind, word];
  });
  const filter = readFilter(segments, query, services.labels);
  if (filter.source !== undefined) await requireSource(services.db, filter.source);
  return filter;
}
