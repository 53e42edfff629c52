import { longestBody, titleWeight } from '../../../src/classify/topic-model.ts';
import { topicWords } from '../../../src/classify/topic-words.ts';
import { topics } from '../../../src/classify/topics.ts';
import type { Document } from './documents.ts';
import { seeded } from './random.ts';
import type { Vectors } from './vectors.ts';

/*
 * One model for every language: the log odds of a text are the weighted mean of the log odds of its words. A word's are a linear
 * function of its vector (so that words never seen in training are judged by their neighbours) plus a small correction of its
 * own, learnt where the word was seen. In a language without vectors the correction is all there is. Both fold into one table.
 */

/** The words of a language: what counts and how much. */
export interface Vocabulary {
  readonly lang: string;
  readonly words: readonly string[];
  readonly index: ReadonlyMap<string, number>;
  /** How much each word counts in the mean, 0…1: frequent words less (smooth inverse frequency, Arora et al. 2017). */
  readonly weight: Float32Array;
  readonly vectors: Vectors | undefined;
  /** Words × topics: what a dictionary says of each word, the mean of the English log odds of its translations. */
  readonly told?: Float32Array | undefined;
}

export interface Settings {
  readonly epochs: number;
  readonly rate: number;
  /** Weight of 'nothing is known' in the mean, as in the model. */
  readonly prior: number;
  /** How much a word's own correction counts, and what holds it back. */
  readonly own: number;
  readonly ownDecay: number;
  /** Factor on the weight of a set; 1 where nothing is said. */
  readonly sets: Readonly<Record<string, number>>;
}

/** A text as the trainer sees it. */
interface Example {
  readonly document: Document;
  readonly dense: Float32Array;
  readonly rows: Int32Array;
  readonly shares: Float32Array;
}

export interface Trained {
  readonly vocabulary: Vocabulary;
  /** topics × (dimensions + 1), the last the bias. */
  readonly dense: Float32Array;
  /** words × topics. */
  readonly own: Float32Array;
  readonly settings: Settings;
}

const classes = topics.length;
/** Vectors have length 1; this brings their parts to the size at which Adam's step suits. */
const vectorScale = 3;

export function example(document: Document, vocabulary: Vocabulary, prior: number): Example {
  const counts = new Map<number, number>();
  const add = (text: string, factor: number) => {
    for (const { row } of topicWords(text, vocabulary.lang, (key) => vocabulary.index.get(key) ?? -1)) {
      counts.set(row, (counts.get(row) ?? 0) + factor * (vocabulary.weight[row] as number));
    }
  };
  add(document.title, titleWeight);
  add(document.text.slice(0, longestBody), 1);
  let mass = prior;
  for (const count of counts.values()) mass += count;
  const rows = Int32Array.from(counts.keys());
  const shares = Float32Array.from(counts.values(), (count) => count / mass);
  const size = vocabulary.vectors?.dimensions ?? 0;
  const dense = new Float32Array(size + 1);
  dense[size] = 1;
  rows.forEach((row, i) => {
    const share = (shares[i] as number) * vectorScale;
    for (let d = 0; d < size; d++) {
      dense[d] = (dense[d] as number) + share * (vocabulary.vectors?.values[row * size + d] as number);
    }
  });
  return { document, dense, rows, shares };
}

/** Log odds of a text. */
export function logits({ dense, rows, shares }: Example, model: Trained): Float64Array {
  const width = dense.length;
  const { told } = model.vocabulary;
  const result = new Float64Array(classes);
  for (let k = 0; k < classes; k++) {
    let sum = 0;
    for (let d = 0; d < width; d++) sum += (model.dense[k * width + d] as number) * (dense[d] as number);
    for (let i = 0; i < rows.length; i++) {
      const at = (rows[i] as number) * classes + k;
      sum += (shares[i] as number) * (model.settings.own * (model.own[at] as number) + (told?.[at] ?? 0));
    }
    result[k] = sum;
  }
  return result;
}

export function probabilities(values: Float64Array): Float64Array {
  const top = Math.max(...values);
  const powers = values.map((value) => Math.exp(value - top));
  const sum = powers.reduce((total, value) => total + value, 0);
  return powers.map((value) => value / sum);
}

/** Each set counts with a power of its size, and within a set each label the same, so that no set's taste rules. */
function exampleWeights(examples: readonly Example[], sets: Settings['sets']): Float32Array {
  const perSet = new Map<string, number>();
  const perLabel = new Map<string, number>();
  const labelOf = ({ document }: Example) => `${document.source} ${document.main ?? 'wide'}`;
  for (const item of examples) {
    perSet.set(item.document.source, (perSet.get(item.document.source) ?? 0) + 1);
    perLabel.set(labelOf(item), (perLabel.get(labelOf(item)) ?? 0) + 1);
  }
  const labels = new Map<string, number>();
  for (const key of perLabel.keys()) {
    const set = key.split(' ')[0] as string;
    labels.set(set, (labels.get(set) ?? 0) + 1);
  }
  const weights = Float32Array.from(examples, (item) => {
    const { source } = item.document;
    const size = perSet.get(source) as number;
    const balance = size / (labels.get(source) as number) / (perLabel.get(labelOf(item)) as number);
    return (sets[source] ?? 1) * size ** -0.7 * balance;
  });
  const mean = weights.reduce((sum, weight) => sum + weight, 0) / weights.length;
  return weights.map((weight) => weight / mean);
}

const batchSize = 64;

/** Softmax regression: Adam on the linear part, AdaGrad on the words' own corrections; deterministic. */
export function train(documents: readonly Document[], vocabulary: Vocabulary, settings: Settings): Trained {
  const examples = documents
    .map((document) => example(document, vocabulary, settings.prior))
    .filter(({ rows }) => rows.length > 0);
  const weights = exampleWeights(examples, settings.sets);
  const random = seeded(1);
  const width = (vocabulary.vectors?.dimensions ?? 0) + 1;
  const dense = new Float32Array(classes * width);
  const model: Trained = { vocabulary, dense, own: new Float32Array(vocabulary.words.length * classes), settings };
  const gradient = new Float32Array(dense.length);
  const first = new Float32Array(dense.length);
  const second = new Float32Array(dense.length);
  const squares = new Float32Array(model.own.length);
  const order = Int32Array.from(examples, (_, index) => index);
  let step = 0;
  for (let epoch = 0; epoch < settings.epochs; epoch++) {
    shuffle(order, random);
    const rate = settings.rate * (1 - epoch / settings.epochs);
    for (let from = 0; from < order.length; from += batchSize) {
      const to = Math.min(from + batchSize, order.length);
      gradient.fill(0);
      for (let at = from; at < to; at++) {
        const index = order[at] as number;
        const item = examples[index] as Example;
        const slope = slopeOf(item, model, weights[index] as number);
        for (let k = 0; k < classes; k++) {
          const share = (slope[k] as number) / (to - from);
          for (let d = 0; d < width; d++) {
            gradient[k * width + d] = (gradient[k * width + d] as number) + share * (item.dense[d] as number);
          }
        }
        // The word lists stand for all words of their kind: they teach the linear part only, where there is one.
        if (width === 1 || item.document.source !== 'lexicon') correct(item, slope, model, squares, rate);
      }
      step++;
      adam(dense, gradient, first, second, step, rate);
    }
  }
  return model;
}

function shuffle(order: Int32Array, random: () => number): void {
  for (let i = order.length - 1; i > 0; i--) {
    const j = Math.floor(random() * (i + 1));
    const swap = order[i] as number;
    order[i] = order[j] as number;
    order[j] = swap;
  }
}

/** Slope of −log Σ p·target: with a wide label every topic that it holds is rewarded as far as the model already likes it. */
function slopeOf(item: Example, model: Trained, weight: number): Float64Array {
  const p = probabilities(logits(item, model));
  const { target } = item.document;
  let hit = 1e-9;
  for (let k = 0; k < classes; k++) hit += (p[k] as number) * (target[k] as number);
  return p.map((value, k) => (value - (value * (target[k] as number)) / hit) * weight);
}

function correct(item: Example, slope: Float64Array, model: Trained, squares: Float32Array, rate: number): void {
  const { own, settings } = model;
  item.rows.forEach((row, i) => {
    const share = (item.shares[i] as number) * settings.own;
    for (let k = 0; k < classes; k++) {
      const at = row * classes + k;
      const value = (slope[k] as number) * share + settings.ownDecay * (own[at] as number);
      squares[at] = (squares[at] as number) + value * value;
      own[at] = (own[at] as number) - (2 * rate * value) / (Math.sqrt(squares[at] as number) + 1e-3);
    }
  });
}

function adam(
  values: Float32Array,
  gradient: Float32Array,
  first: Float32Array,
  second: Float32Array,
  step: number,
  rate: number,
): void {
  const firstBias = 1 - 0.9 ** step;
  const secondBias = 1 - 0.999 ** step;
  for (let i = 0; i < values.length; i++) {
    const slope = (gradient[i] as number) + 1e-5 * (values[i] as number);
    const m = 0.9 * (first[i] as number) + 0.1 * slope;
    const v = 0.999 * (second[i] as number) + 0.001 * slope * slope;
    first[i] = m;
    second[i] = v;
    values[i] = (values[i] as number) - (rate * (m / firstBias)) / (Math.sqrt(v / secondBias) + 1e-8);
  }
}

/** What one word alone says for each topic, before the mean is taken. */
export function wordLogits(row: number, { vocabulary, dense, own, settings }: Trained): Float32Array {
  const size = vocabulary.vectors?.dimensions ?? 0;
  return Float32Array.from({ length: classes }, (_, k) => {
    const at = row * classes + k;
    let sum = settings.own * (own[at] as number) + (vocabulary.told?.[at] ?? 0);
    for (let d = 0; d < size; d++) {
      sum +=
        vectorScale * (dense[k * (size + 1) + d] as number) * (vocabulary.vectors?.values[row * size + d] as number);
    }
    return sum;
  });
}
