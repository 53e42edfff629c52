import type { Label } from '../domain/article.ts';
import type { CustomTopic } from './custom-label-schema.ts';
import { topicBySlug } from './topics.ts';

/** A topic of the operator's, ready to be looked for. */
export type CustomRule = (title: string, body: string) => Label[];

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
export function customRule(topic: CustomTopic): CustomRule {
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
