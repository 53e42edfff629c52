import type { Features } from './features.ts';
import { type Logistic, probability } from './logistic.ts';
import model from './scorer.weights.json' with { type: 'json' };
import { isSeries } from './series.ts';

/** What the comparison of two articles says. */
export interface Judgement {
  readonly verdict: 'duplicate' | 'review' | 'different';
  /** 0…1: how surely the two are one article. */
  readonly score: number;
}

/** From here on two articles are one. In ten-fold cross-validation no false pair of the constructed development data comes so high. */
const merges = 0.45;
/** From here on the operator is asked. */
const asks = 0.25;

/**
 * Two sentences that differ in more than a word or two are two reports, often of two events told alike: in so short a text the few words
 * that differ are the facts ('Radfahrer bei Unfall in Celle verletzt', the next day in Gera). Scripts without capitals show it by what fills the same places.
 */
const isToldAlike = ({ shingles, containment, sameSource, toldAlike, numbers }: Features): boolean =>
  (!sameSource && ((shingles < 40 && containment < 0.8) || (shingles < 80 && toldAlike > 0.4))) ||
  isTemplate({ toldAlike, numbers });

/**
 * Something else in the same places, and figures that the other does not have: one form, filled in twice. Of 680 true pairs of the
 * development data none is above 0.18; outlets that edit a copy's headline and lead come to 0.76, and leave its figures.
 */
const isTemplate = ({ toldAlike, numbers }: Pick<Features, 'toldAlike' | 'numbers'>): boolean =>
  toldAlike > 0.25 && numbers < 1;

/** Judges a pair by the trained scorer (`npm run train:dedupe`), unless it is of a series; what is only told alike is for the operator. */
export function judge(features: Features): Judgement {
  if (isSeries(features)) return { verdict: 'different', score: 0 };
  const score = probability(model as Logistic, scorerInputs(features));
  return {
    verdict: score >= merges && !isToldAlike(features) ? 'duplicate' : score >= asks ? 'review' : 'different',
    score,
  };
}

/** What the scorer sees of a pair, each about 0 to 1; the order is that of the weights. */
export function scorerInputs(features: Features): number[] {
  const { containment, ownContainment, headline, numbers } = features;
  const density = features.numberDensity * 10;
  const sameSource = features.sameSource ? 1 : 0;
  return [
    ...[containment, ownContainment, features.jaccard, numbers, features.names, headline, features.lead],
    ...[Math.log(1 + features.passage) / 5, features.longest, density, features.lengthRatio, sameSource],
    ...[Math.min(1, features.hours / 48), Math.min(1, Math.log(1 + features.shingles) / 7)],
    ...[density * (1 - numbers), sameSource * (1 - numbers)],
  ];
}
