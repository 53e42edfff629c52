import type { Classification, Label, StoryVoice } from '../domain/article.ts';
import { regions as newsRegions, type Region } from './regions.ts';
import { rollUp } from './roll-up.ts';

/** Of the voices that say anything, more than this share must say it. */
const majority = 0.5;
/** What a story gives is an answer for others than those who gave it: never surer than this. */
const surest = 0.95;
const mostEvidence = 5;

/** A source's own country is a default and no evidence; what a story gave does not speak for the story again. */
const speaks = ({ origin }: Label): boolean => origin === 'text' || origin === 'publisher' || origin === 'operator';

/**
 * What the story of an article says where the article itself is silent (no topic; no country, or only its source's): a label that most of
 * the sources that say anything say first, and that nine in ten would stand by. The evidence names the articles that gave it.
 * Own labels stay. Pure: the same voices give the same labels in any order.
 */
export function poolLabels(
  own: StoryVoice,
  others: readonly StoryVoice[],
  regions: readonly Pick<Region, 'id' | 'countries'>[] = newsRegions,
): Classification {
  const classification = withoutStory(own.classification);
  const voices = others.filter(({ id }) => id !== own.id);
  const topics = classification.topics.some(speaks) ? [] : agreed(voices, ({ topics }) => topics);
  const countries = classification.countries.some(speaks) ? [] : agreed(voices, ({ countries }) => countries);
  if (topics.length === 0 && countries.length === 0) return classification;
  const named = classification.regions.filter(({ origin }) => origin === 'text');
  return {
    ...classification,
    topics: topics.length > 0 ? topics : classification.topics,
    countries: countries.length > 0 ? countries : classification.countries,
    regions: countries.length > 0 ? rollUp(countries, named, regions) : classification.regions,
  };
}

/** The labels as they were before a story gave any, so that they can be pooled again when the story has grown. */
function withoutStory(classification: Classification): Classification {
  const { countries, topics, regions } = classification;
  const isOwn = ({ origin }: Label): boolean => origin !== 'story';
  if ([countries, topics, regions].every((labels) => labels.every(isOwn))) return classification;
  return {
    ...classification,
    countries: countries.filter(isOwn),
    topics: topics.filter(isOwn),
    regions: regions.filter(isOwn),
  };
}

/** An operator's rule asks for terms in the text of each article: it holds for that article only. */
const isShared = (label: Label): boolean => speaks(label) && label.origin !== 'operator';

interface Vote {
  /** Sources that say it, with how sure the surest of their articles is. */
  readonly sources: Map<string, number>;
  readonly articles: Set<string>;
}

/** The labels on which the voices agree, those of most sources first. */
function agreed(
  voices: readonly StoryVoice[],
  labelsOf: (classification: Classification) => readonly Label[],
): Label[] {
  const votes = new Map<string, Vote>();
  const heard = new Set<string>();
  for (const { id: article, source, classification } of voices) {
    for (const { id, confidence } of labelsOf(classification).filter(isShared)) {
      heard.add(source);
      const vote = votes.get(id) ?? { sources: new Map(), articles: new Set() };
      votes.set(id, vote);
      vote.sources.set(source, Math.max(confidence, vote.sources.get(source) ?? 0));
      vote.articles.add(article);
    }
  }
  return [...votes]
    .filter(([, { sources }]) => sources.size > majority * heard.size)
    .map(([id, vote]) => ({
      id,
      confidence: confidenceOf(vote, heard.size),
      origin: 'story' as const,
      evidence: [...vote.articles].sort().slice(0, mostEvidence),
    }))
    .sort((a, b) => b.confidence - a.confidence || (a.id < b.id ? -1 : 1));
}

/** Wrong only if all that say it are, and less sure by those that say something else. */
function confidenceOf({ sources }: Vote, heard: number): number {
  const allWrong = [...sources.values()].reduce((product, confidence) => product * (1 - confidence), 1);
  return Math.min(surest, (1 - allWrong) * (sources.size / heard));
}
