import type { Classification, Label, StoryVoice } from '../domain/article.ts';
import { regions as newsRegions, type Region } from './regions.ts';
import { rollUp } from './roll-up.ts';

/** Of what the voices say, weighed by how sure they are, more than this share must be for it. */
const majority = 0.5;
/**
 * A topic that one source alone gives must be as sure as this before it holds for others, and most of its articles on the story must have
 * it: a section alone (`labelConfidence`) says where an outlet files one report, 'the pupils of the stranded ferry win a prize' under Culture.
 */
const leastAlone = 0.9;
/** So many sources must agree before they overrule what an article's text says. */
const leastAgainst = 2;
/** What a story gives is an answer for others than those who gave it: never surer than this. */
const surest = 0.95;
const mostEvidence = 5;

/** A source's own country is a default and no evidence; what a story gave does not speak for the story again. */
const speaks = ({ origin }: Label): boolean => origin === 'text' || origin === 'publisher' || origin === 'operator';

/**
 * What the story of an article says where the article itself is silent (no topic; no country, or only its source's): a label that most of
 * the sources that say anything say first, and that nine in ten would stand by. The evidence names the articles that gave it.
 * Own labels stay, but for a topic of the text that no other source gives while two or more agree on another: that is overruled.
 * Pure: the same voices give the same labels in any order.
 */
export function poolLabels(
  own: StoryVoice,
  others: readonly StoryVoice[],
  regions: readonly Pick<Region, 'id' | 'countries'>[] = newsRegions,
): Classification {
  const classification = withoutStory(own.classification);
  const voices = others
    .filter(({ id }) => id !== own.id)
    .map((voice) => ({ ...voice, classification: withoutStory(voice.classification) }));
  const overruled = areOverruled({ ...own, classification }, voices) ? classification.topics : undefined;
  const isSilent = overruled !== undefined || !classification.topics.some(speaks);
  const topics = isSilent ? agreed(voices, ({ topics }) => topics, leastAlone) : [];
  const countries = classification.countries.some(speaks) ? [] : agreed(voices, ({ countries }) => countries, 0);
  if (topics.length === 0 && countries.length === 0) return classification;
  const named = classification.regions.filter(({ origin }) => origin === 'text');
  return {
    ...classification,
    topics: topics.length > 0 ? topics : classification.topics,
    countries: countries.length > 0 ? countries : classification.countries,
    regions: countries.length > 0 ? rollUp(countries, named, regions) : classification.regions,
    ...(overruled && { overruled }),
  };
}

/** Whether an article's topics are its text's alone, no other source gives one of them, and most, itself heard, say another. */
function areOverruled(own: StoryVoice, voices: readonly StoryVoice[]): boolean {
  const { topics } = own.classification;
  if (topics.length === 0 || topics.some(({ origin }) => origin !== 'text')) return false;
  const others = voices.filter(({ source }) => source !== own.source);
  const saysTheSame = ({ classification }: StoryVoice): boolean =>
    classification.topics.some((label) => speaks(label) && topics.some(({ id }) => id === label.id));
  if (others.some(saysTheSame)) return false;
  const [best] = agreed([own, ...voices], ({ topics }) => topics, leastAlone);
  const isFor = ({ classification }: StoryVoice): boolean => classification.topics.some(({ id }) => id === best?.id);
  return new Set(others.filter(isFor).map(({ source }) => source)).size >= leastAgainst;
}

/** The labels as they were before a story gave or overruled any, so that they can be pooled again when the story has grown. */
function withoutStory(classification: Classification): Classification {
  const { overruled, ...rest } = classification;
  const { countries, topics, regions } = classification;
  const isOwn = ({ origin }: Label): boolean => origin !== 'story';
  if (!overruled && [countries, topics, regions].every((labels) => labels.every(isOwn))) return classification;
  return {
    ...rest,
    countries: countries.filter(isOwn),
    topics: overruled ?? topics.filter(isOwn),
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

/**
 * The labels on which the voices agree, those of most weight first.
 * @param alone how sure a label must be that one source alone gives
 */
function agreed(
  voices: readonly StoryVoice[],
  labelsOf: (classification: Classification) => readonly Label[],
  alone: number,
): Label[] {
  const votes = new Map<string, Vote>();
  const heard = new Map<string, number>();
  const articlesOf = Map.groupBy(voices, ({ source }) => source);
  for (const { id: article, source, classification } of voices) {
    for (const { id, confidence } of labelsOf(classification).filter(isShared)) {
      heard.set(source, Math.max(confidence, heard.get(source) ?? 0));
      const vote = votes.get(id) ?? { sources: new Map(), articles: new Set() };
      votes.set(id, vote);
      vote.sources.set(source, Math.max(confidence, vote.sources.get(source) ?? 0));
      vote.articles.add(article);
    }
  }
  const weightOfAll = sum(heard.values());
  const holdsAlone = ({ sources, articles }: Vote): boolean => {
    const [one] = sources;
    return (
      one !== undefined && one[1] >= alone && (alone === 0 || articles.size > (articlesOf.get(one[0])?.length ?? 0) / 2)
    );
  };
  return [...votes]
    .map(([id, vote]) => ({ id, vote, share: sum(vote.sources.values()) / weightOfAll }))
    .filter(({ vote, share }) => share > majority && (vote.sources.size > 1 || holdsAlone(vote)))
    .map(({ id, vote, share }) => ({
      id,
      confidence: confidenceOf(vote, share),
      origin: 'story' as const,
      evidence: [...vote.articles].sort().slice(0, mostEvidence),
    }))
    .sort((a, b) => b.confidence - a.confidence || (a.id < b.id ? -1 : 1));
}

/** Summed in the order of size, so that the order of the voices changes no digit. */
const sum = (values: Iterable<number>): number =>
  [...values].sort((a, b) => a - b).reduce((total, one) => total + one, 0);

/** Wrong only if all that say it are, and less sure by those that say something else. */
function confidenceOf({ sources }: Vote, share: number): number {
  const allWrong = [...sources.values()].reduce((product, confidence) => product * (1 - confidence), 1);
  return Math.min(surest, (1 - allWrong) * share);
}
