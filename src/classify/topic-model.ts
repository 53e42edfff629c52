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
  /** Which of the calibrations of the file holds for this language. */
  readonly calibration?: string | undefined;
}

/** How much of an article there is: a title, a title with a summary, the article. */
export type Band = 'headline' | 'brief' | 'article';

/** What the model's probability is worth on sources that it has not seen. */
export interface Calibration {
  /** From this probability on nine answers in ten are right. */
  readonly threshold: number;
  /** Pairs of probability and share of right answers, both rising. */
  readonly points: readonly (readonly number[])[];
}

/** What `npm run train:topics` writes. */
export interface TopicWeights {
  /** Weight of 'nothing is known' in the mean over words: short texts give careful answers. */
  readonly prior: number;
  /** Divides the log odds, so that a confidence of 0.9 is right nine times in ten. */
  readonly temperature: number;
  readonly calibrations?: Readonly<Record<string, Readonly<Record<Band, Calibration>>>> | undefined;
  readonly langs: Readonly<Record<string, LanguageWeights>>;
}

interface Table {
  readonly rows: StringTable;
  readonly bytes: Int8Array;
  readonly scale: number;
  readonly bias: readonly number[];
  readonly threshold: number;
  readonly articleThreshold: number;
  readonly calibration: Readonly<Record<Band, Calibration>> | undefined;
}

const columns = topics.length + 1;
/** Characters of title and body from which a text is an article and no headline or brief. */
export const articleLength = 400;
/** Characters from which there is more than a headline. */
const briefLength = 120;
/** Words of the title count double: it says what the article is about. */
export const titleWeight = 2;
/** The beginning of the body tells the topic; the rest tells the same and costs time. */
export const longestBody = 3000;

/** The topics of a text in the order of `topics`, as probabilities, with the words that spoke for each. */
export interface TopicOdds {
  readonly probabilities: readonly number[];
  readonly band: Band;
  /** From this probability on an answer may be given. */
  readonly threshold: number;
  /** How often an answer of this probability is right. */
  confidence(probability: number): number;
  /** Known words that differ. */
  readonly words: number;
  /** What is left of the best topic's probability without the word that spoke most for it: what other words say of themselves. */
  readonly withoutStrongest: number;
  /** The words that weighed most for a topic (index into `topics`), as they stand in the text. */
  evidence(topic: number): string[];
}

/** A part of `${title}\n${body}`. */
interface Span {
  readonly start: number;
  readonly end: number;
}

/**
 * Predicts topics of texts in the languages that the weights know; undefined for others and for texts without a known word.
 * @param places names of places, in order: where something happens says nothing of what it is, but a model learns it by chance
 */
export type TopicModel = (title: string, body: string, lang: string, places?: readonly Span[]) => TopicOdds | undefined;

/** Reads weights; a language's table is unpacked when it is first needed. */
export function topicModel(weights: TopicWeights): TopicModel {
  const tables = new Map<string, Table>();
  const tableOf = (lang: string): Table | undefined => {
    const data = weights.langs[lang];
    if (!data) return undefined;
    let table = tables.get(lang);
    if (!table) {
      table = unpack(data, weights.calibrations?.[data.calibration ?? '']);
      tables.set(lang, table);
    }
    return table;
  };

  return (title, body, lang, places = []) => {
    const table = tableOf(lang);
    if (!table) return undefined;
    const counts = new Map<number, Count>();
    const add = (text: string, factor: number, offset: number) => {
      const isPlace = within(places, offset);
      for (const { row, start, end } of topicWords(text, lang, (key) => table.rows.indexOf(key))) {
        if (isPlace(start, end)) continue;
        const count = counts.get(row);
        if (count) count.weight += factor;
        else counts.set(row, { weight: factor, surface: text.slice(start, end) });
      }
    };
    add(title, titleWeight, 0);
    add(body.slice(0, longestBody), 1, title.length + 1);
    if (counts.size === 0) return undefined;
    const sums = new Float64Array(columns);
    for (const [row, { weight }] of counts) addRow(sums, table, row, weight);
    const probabilitiesOf = (): number[] => {
      const mass = (sums[0] as number) / 127 + weights.prior;
      return softmax(
        topics.map(
          (_, k) => (((sums[k + 1] as number) * table.scale) / mass + (table.bias[k] ?? 0)) / weights.temperature,
        ),
      );
    };
    const probabilities = probabilitiesOf();
    const best = probabilities.indexOf(Math.max(...probabilities));
    const [strongest] = ranked(counts, table, best);
    if (strongest) addRow(sums, table, strongest.row, -strongest.weight);
    const band = bandOf(title.length + body.length);
    const calibration = table.calibration?.[band];
    return {
      probabilities,
      band,
      threshold: calibration?.threshold ?? (band === 'article' ? table.articleThreshold : table.threshold),
      confidence: (probability) => (calibration ? interpolate(calibration.points, probability) : probability),
      words: counts.size,
      withoutStrongest: probabilitiesOf()[best] as number,
      evidence: (topic) =>
        ranked(counts, table, topic)
          .slice(0, 5)
          .map(({ surface }) => surface),
    };
  };
}

const bandOf = (length: number): Band =>
  length < briefLength ? 'headline' : length < articleLength ? 'brief' : 'article';

/** The value at x of a line through points in rising order; before the first and behind the last theirs. */
function interpolate(points: Calibration['points'], x: number): number {
  const index = points.findIndex(([at = 0]) => at >= x);
  const [rightX = 0, rightY = 0] = points[index] ?? points.at(-1) ?? [];
  const [leftX = rightX, leftY = rightY] = points[index - 1] ?? [];
  return rightX === leftX ? rightY : leftY + ((x - leftX) / (rightX - leftX)) * (rightY - leftY);
}

/** How often a word stands in a text (more in the title), and as what. */
interface Count {
  weight: number;
  readonly surface: string;
}

function addRow(sums: Float64Array, { bytes }: Table, row: number, weight: number): void {
  for (let column = 0; column < columns; column++)
    sums[column] = (sums[column] as number) + weight * (bytes[row * columns + column] as number);
}

/** Tells whether a word lies in one of the spans; words and spans come in order. */
function within(spans: readonly Span[], offset: number): (start: number, end: number) => boolean {
  let index = 0;
  return (start, end) => {
    while (index < spans.length && (spans[index] as Span).end <= start + offset) index++;
    const span = spans[index];
    return span !== undefined && span.start < end + offset;
  };
}

function unpack(
  { words, table, scale, bias, threshold, articleThreshold = threshold }: LanguageWeights,
  calibration: Table['calibration'],
): Table {
  const buffer = Buffer.from(table, 'base64');
  const rows = new StringTable(words, ' ');
  return {
    rows,
    bytes: new Int8Array(buffer.buffer, buffer.byteOffset, buffer.length),
    scale,
    bias,
    threshold,
    articleThreshold,
    calibration,
  };
}

export function softmax(logits: readonly number[]): number[] {
  const top = Math.max(...logits);
  const powers = logits.map((logit) => Math.exp(logit - top));
  const sum = powers.reduce((total, power) => total + power, 0);
  return powers.map((power) => power / sum);
}

/** The words that spoke for a topic against the mean of the others, strongest first. */
function ranked(
  counts: ReadonlyMap<number, Count>,
  table: Table,
  topic: number,
): (Count & { readonly row: number; readonly score: number })[] {
  return [...counts]
    .map(([row, { weight, surface }]) => {
      let mean = 0;
      for (let k = 1; k < columns; k++) mean += (table.bytes[row * columns + k] as number) / topics.length;
      return { row, weight, surface, score: weight * ((table.bytes[row * columns + topic + 1] as number) - mean) };
    })
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score);
}

/** Less than this of the best topic is left without its strongest word: then that word alone has decided. */
const leastWithout = 0.3;

/** Whether two independent words decide: without the strongest, the others still say the same. */
export const isIndependent = ({ words, withoutStrongest }: Pick<TopicOdds, 'words' | 'withoutStrongest'>): boolean =>
  words > 1 && withoutStrongest >= leastWithout;

/**
 * Calibrated confidence below which the model says nothing of a headline or a brief: a label that readers see is to be right nine times in
 * ten (AG News: 89 of 73 % without, 90 of 65 % with). An article's threshold is chosen by the same share already.
 */
const leastConfidence = 0.8;

/** The answer of the model: the best topic, or nothing below the threshold or, short of an article, where one word decides or the answer is not sure enough. */
export function textTopics(odds: TopicOdds | undefined): Label[] {
  if (!odds) return [];
  const probability = Math.max(...odds.probabilities);
  const confidence = odds.confidence(probability);
  if (probability < odds.threshold) return [];
  if (odds.band !== 'article' && (confidence < leastConfidence || !isIndependent(odds))) return [];
  const index = odds.probabilities.indexOf(probability);
  return [
    {
      id: topics[index]?.id as string,
      confidence,
      origin: 'text',
      evidence: odds.evidence(index),
    },
  ];
}
