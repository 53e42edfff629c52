import type { Label } from '../domain/article.ts';
import { StringTable } from './string-table.ts';
import { topicWords } from './topic-words.ts';
import { topics } from './topics.ts';

/** The words of one language with what each says for each topic. */
export interface LanguageWeights {
  /** Separated by spaces. */
  readonly words: string;
  /** Base64 of signed bytes, 18 a word: how much the word counts (× 1/127), then its weight for each topic (× scale). */
  readonly table: string;
  readonly scale: number;
  /** Log odds of each topic when no word is known. */
  readonly bias: readonly number[];
  /** Below this confidence the answer is 'unknown': measured on texts kept out of training. */
  readonly threshold: number;
  /** The same for texts of `articleLength` and more, where the language had articles to measure on: there the model is surer. */
  readonly articleThreshold?: number | undefined;
}

/** What `npm run train:topics` writes. */
export interface TopicWeights {
  /** Weight of 'nothing is known' in the mean over words: short texts give careful answers. */
  readonly prior: number;
  /** Divides the log odds, so that a confidence of 0.9 is right nine times in ten. */
  readonly temperature: number;
  readonly langs: Readonly<Record<string, LanguageWeights>>;
}

interface Table {
  readonly rows: StringTable;
  readonly bytes: Int8Array;
  readonly scale: number;
  readonly bias: readonly number[];
  readonly threshold: number;
  readonly articleThreshold: number;
}

const columns = topics.length + 1;
/** Characters of title and body from which a text is an article and no headline or brief. */
export const articleLength = 400;
/** Words of the title count double: it says what the article is about. */
export const titleWeight = 2;
/** The beginning of the body tells the topic; the rest tells the same and costs time. */
export const longestBody = 3000;

/** The topics of a text in the order of `topics`, as probabilities, with the words that spoke for each. */
export interface TopicOdds {
  readonly probabilities: readonly number[];
  /** From this probability on an answer may be given. */
  readonly threshold: number;
  /** The words that weighed most for a topic (index into `topics`), as they stand in the text. */
  evidence(topic: number): string[];
}

/** Predicts topics of texts in the languages that the weights know; undefined for others and for texts without a known word. */
export type TopicModel = (title: string, body: string, lang: string) => TopicOdds | undefined;

/** Reads weights; a language's table is unpacked when it is first needed. */
export function topicModel(weights: TopicWeights): TopicModel {
  const tables = new Map<string, Table>();
  const tableOf = (lang: string): Table | undefined => {
    const data = weights.langs[lang];
    if (!data) return undefined;
    let table = tables.get(lang);
    if (!table) {
      table = unpack(data);
      tables.set(lang, table);
    }
    return table;
  };

  return (title, body, lang) => {
    const table = tableOf(lang);
    if (!table) return undefined;
    const sums = new Float64Array(columns);
    const counts = new Map<number, { weight: number; surface: string }>();
    const add = (text: string, factor: number) => {
      for (const { row, start, end } of topicWords(text, lang, (key) => table.rows.indexOf(key))) {
        const count = counts.get(row);
        if (count) count.weight += factor;
        else counts.set(row, { weight: factor, surface: text.slice(start, end) });
      }
    };
    add(title, titleWeight);
    add(body.slice(0, longestBody), 1);
    if (counts.size === 0) return undefined;
    for (const [row, { weight }] of counts) {
      for (let column = 0; column < columns; column++) {
        sums[column] = (sums[column] as number) + weight * (table.bytes[row * columns + column] as number);
      }
    }
    const mass = (sums[0] as number) / 127 + weights.prior;
    const logits = topics.map(
      (_, k) => (((sums[k + 1] as number) * table.scale) / mass + (table.bias[k] ?? 0)) / weights.temperature,
    );
    return {
      probabilities: softmax(logits),
      threshold: title.length + body.length < articleLength ? table.threshold : table.articleThreshold,
      evidence: (topic) => strongest(counts, table, topic),
    };
  };
}

function unpack({ words, table, scale, bias, threshold, articleThreshold = threshold }: LanguageWeights): Table {
  const buffer = Buffer.from(table, 'base64');
  const rows = new StringTable(words, ' ');
  return {
    rows,
    bytes: new Int8Array(buffer.buffer, buffer.byteOffset, buffer.length),
    scale,
    bias,
    threshold,
    articleThreshold,
  };
}

export function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The words that spoke most for a topic against the mean of the others. */
function strongest(
  counts: ReadonlyMap<number, { weight: number; surface: string }>,
  table: Table,
  topic: number,
): string[] {
  const scored = [...counts].map(([row, { weight, surface }]) => {
    let mean = 0;
    for (let k = 1; k < columns; k++) mean += (table.bytes[row * columns + k] as number) / topics.length;
    return { surface, score: weight * ((table.bytes[row * columns + topic + 1] as number) - mean) };
  });
  return scored
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, 5)
    .map(({ surface }) => surface);
}

/** The answer of the model: the best topic, and the second when it is nearly as likely; nothing below the threshold. */
export function textTopics(odds: TopicOdds | undefined): Label[] {
  if (!odds) return [];
  const ranked = odds.probabilities
    .map((confidence, index) => ({ confidence, index }))
    .sort((a, b) => b.confidence - a.confidence);
  const [first, second] = ranked;
  if (!first || first.confidence < odds.threshold) return [];
  const kept = second && second.confidence >= 0.3 ? [first, second] : [first];
  return kept.map(({ confidence, index }) => ({
    id: topics[index]?.id as string,
    confidence,
    origin: 'text',
    evidence: odds.evidence(index),
  }));
}
