import { z } from 'zod';
import type { Label } from '../article.ts';
import { isCountry } from './regions.ts';
import { topicBySlug } from './topics.ts';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and hyphens')
  .describe('what stands in addresses, such as energy');
const terms = z.array(z.string().trim().min(1)).default([]);

/** A topic of the operator's own: an article has it when enough of its terms stand in the text. */
export const OperatorTopicSchema = z.strictObject({
  id,
  name: z.string().min(1),
  /** Words or phrases; `*` at the end stands for any ending: `gas*`. */
  any: terms.refine((list) => list.length > 0, 'expected at least one term'),
  /** None of these may stand in the text. */
  not: terms,
  /** The IPTC topic it is part of, by slug or code: an article that has this topic has that one too. */
  parent: z
    .string()
    .refine((slug) => topicBySlug(slug) !== undefined, 'expected one of the 17 topics, such as economy')
    .optional(),
  /** How many different terms must stand in the text; one in the title is enough for two. */
  threshold: z.number().int().min(1).default(1),
});
export type OperatorTopic = z.infer<typeof OperatorTopicSchema>;

/** A region of the operator's own: a list of countries. */
export const OperatorRegionSchema = z.strictObject({
  id,
  name: z.string().min(1),
  countries: z.array(z.string().refine(isCountry, 'expected an ISO 3166-1 alpha-2 code such as RS')).min(1),
});
export type OperatorRegion = z.infer<typeof OperatorRegionSchema>;

/** A topic of the operator's, ready to be looked for. */
export type OperatorRule = (title: string, body: string) => Label[];

/** A pattern for all terms together: whole words, any case, `*` at the end for any ending. */
function pattern(list: readonly string[]): RegExp | undefined {
  if (list.length === 0) return undefined;
  const parts = list.map((term) => {
    const words = term
      .replace(/\*$/, '')
      .replace(/[.*+?^${}()|[\]\\/]/g, '\\$&')
      .replace(/\s+/g, '\\s+');
    return term.endsWith('*') ? `${words}\\p{L}*` : words;
  });
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${parts.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

/** Makes a rule of a topic. It gives the topic, and its parent after it, with the terms that were found; or nothing. */
export function operatorRule(topic: OperatorTopic): OperatorRule {
  const any = pattern(topic.any);
  const not = pattern(topic.not);
  const parent = topic.parent ? topicBySlug(topic.parent) : undefined;
  return (title, body) => {
    if (!any || not?.test(title) || (not && body.search(not) >= 0)) {
      if (not) not.lastIndex = 0;
      return [];
    }
    const inTitle = new Set(title.match(any)?.map((term) => term.toLowerCase()));
    const found = new Set([...inTitle, ...(body.match(any) ?? []).map((term) => term.toLowerCase())]);
    if (found.size + (inTitle.size > 0 ? 1 : 0) < topic.threshold || found.size === 0) return [];
    const label = { confidence: 1, origin: 'operator' as const, evidence: [...found].slice(0, 5) };
    return [{ id: topic.id, ...label }, ...(parent ? [{ id: parent.id, ...label }] : [])];
  };
}
