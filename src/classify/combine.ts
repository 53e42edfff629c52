import type { Label } from '../domain/article.ts';
import { asLabel, type PublisherTopic } from './publisher.ts';

/** One or two IPTC topics: an article has one, sometimes two. */
const mostTopics = 2;
/** From this confidence on a topic is kept when the publisher has named one. */
const kept = 0.4;

/**
 * One list of topics from the three witnesses, in the order in which they are believed: the operator's rules stand; the
 * publisher's own labels are a prior that the text can strengthen or, where the publisher is vague, add to; the text speaks for
 * itself where nobody else does.
 */
export function combineTopics(
  operator: readonly Label[],
  publisher: readonly PublisherTopic[],
  text: readonly Label[],
  publisherWeight: number,
): Label[] {
  const labels = new Map<string, Label>(operator.map((label) => [label.id, label]));
  const named = publisher
    .map((topic) => asLabel({ ...topic, confidence: topic.confidence * publisherWeight }))
    .filter(({ confidence }) => confidence > 0);
  const strongest = Math.max(0, ...named.map(({ confidence }) => confidence));
  const witnesses = [...named, ...text.map((label) => ({ ...label, confidence: label.confidence * (1 - strongest) }))];
  const rest = new Map<string, Label>();
  for (const label of witnesses) {
    const other = rest.get(label.id);
    rest.set(label.id, other ? agreeing(other, text.find(({ id }) => id === label.id) ?? label) : label);
  }
  const ranked = [...rest.values()]
    .filter(({ confidence }) => strongest === 0 || confidence >= kept)
    .sort((a, b) => b.confidence - a.confidence);
  for (const label of ranked.slice(0, mostTopics)) if (!labels.has(label.id)) labels.set(label.id, label);
  return [...labels.values()];
}

/** Two independent witnesses for one topic: wrong only if both are. */
function agreeing(publisher: Label, text: Label): Label {
  return {
    ...publisher,
    confidence: 1 - (1 - publisher.confidence) * (1 - text.confidence),
    evidence: [...publisher.evidence, ...text.evidence],
  };
}
