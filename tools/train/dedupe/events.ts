import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { hashWord } from '../../../src/dedupe/hash.ts';
import { type EventInputs, eventInputNames, eventInputs } from '../../../src/dedupe/same-event.ts';
import { product, unitVector } from '../../../src/dedupe/stories.ts';
import { outlineOf, type StoryMark, weighed } from '../../../src/dedupe/story-mark.ts';
import { type StoryTerms, storyTerms, type TermCounts } from '../../../src/dedupe/story-terms.ts';
import { wordsOf } from '../../../src/dedupe/words.ts';
import { readArticles, readLabels, readLines, readPairLabels } from './data.ts';
import { type Example, fitLogistic } from './fit.ts';

/**
 * Trains what tells two events from one that are told alike: `node tools/train/dedupe/events.ts --data FOLDER`. It learns from ECB+,
 * BASIL, the constructed articles and the agency's pairs of the data folder, and from pairs of our own (event-pairs.jsonl, all invented;
 * those of `use: report` are only measured). The logarithm of the likeness has the weight 1, so all others are divided by its weight.
 */
const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (!values.data) throw new Error('--data FOLDER: the folder of the deduplication data (with dev/)');
const folder = values.data;

const penalty = 25;
/** A pair is asked about when it is as like as this; of an article's earlier ones the likest so many. */
const leastLikeness = 0.4;
const asked = 6;
/** Likeness beyond this is no more evidence. */
const bounds = [0.3, 3] as const;
/** What the pairs of a set count together, those of one event as much as those of two. */
const weightOf = { ecb: 3, basil: 2, constructed: 1, agency: 0.5, own: 3 };
/** What is left of a weight: the reports of ECB+ lie years apart, and in our short pairs the same words are most of what there is. */
const believed: Partial<Record<keyof EventInputs, number>> = { time: 0.4, both: 0.5 };

interface Report {
  readonly terms: StoryTerms;
  readonly mark: StoryMark;
}
interface Pair {
  readonly set: keyof typeof weightOf | 'report';
  readonly story: boolean;
  readonly inputs: readonly number[];
}
interface Text {
  readonly title: string;
  readonly text: string;
  readonly published: string | null | undefined;
  readonly source: string | null;
}

const nothing: TermCounts = { articles: 0, holding: new Map() };

function reportOf({ title, text, published, source }: Text): Report {
  const [heading, words] = [wordsOf(title ?? ''), wordsOf(text ?? '')];
  const mark = { ...outlineOf(heading, words), at: published ?? undefined, source: hashWord(source ?? '') };
  return { terms: storyTerms(heading, words), mark };
}

function countsOf(reports: readonly Report[]): TermCounts {
  const holding = new Map<number, number>();
  for (const { terms } of reports) for (const term of terms.keys()) holding.set(term, (holding.get(term) ?? 0) + 1);
  return { articles: reports.length, holding };
}

const inCounts = ({ terms, mark }: Report, counts: TermCounts): Report => ({
  terms: unitVector(terms, counts),
  mark: weighed(mark, counts),
});

/** What is usual for two reports of one event. */
const usual = 0.25;
const likeness = (a: Report, b: Report): number => product(a.terms, b.terms) / usual;

function inputsOf(a: Report, b: Report): number[] {
  const alike = Math.log(Math.max(bounds[0], Math.min(likeness(a, b), bounds[1])));
  const inputs = eventInputs(a.mark, b.mark);
  return [alike, ...eventInputNames.map((name) => inputs[name])];
}

/** Each article with the likest of those that came before it. */
function pairsOf<T extends { readonly id: string }>(
  set: Pair['set'],
  articles: readonly (Text & { readonly id: string })[],
  labels: readonly T[],
  verdict: (a: T, b: T) => boolean | undefined,
): Pair[] {
  const known = new Map(labels.map((label) => [label.id, label]));
  const own = articles.filter(({ id }) => known.has(id));
  const raw = own.map(reportOf);
  const counts = countsOf(raw);
  const reports = raw.map((one) => inCounts(one, counts));
  return reports.flatMap((b, index) =>
    reports
      .slice(0, index)
      .map((a, at) => ({ a, at, alike: likeness(a, b) }))
      .filter(({ alike }) => alike > leastLikeness)
      .sort((x, y) => y.alike - x.alike)
      .slice(0, asked)
      .flatMap(({ a, at }): Pair[] => {
        const story = verdict(known.get(own[at]?.id ?? '') as T, known.get(own[index]?.id ?? '') as T);
        return story === undefined ? [] : [{ set, story, inputs: inputsOf(a, b) }];
      }),
  );
}

interface StoryLabel {
  readonly id: string;
  readonly story: string;
}
const storyLabels = (name: string): StoryLabel[] => readLines(path.join(folder, 'dev', `${name}-labels.jsonl`));
const oneStory = (a: StoryLabel, b: StoryLabel): boolean => String(a.story) === String(b.story);

function agencyPairs(): Pair[] {
  const articles = readArticles(folder, 'reuters-articles');
  const raw = new Map(articles.map((article) => [article.id, reportOf(article)]));
  const counts = countsOf([...raw.values()]);
  return readPairLabels(folder)
    .filter(({ label }) => label === 'N' || label === 'S')
    .map(({ a, b, label }) => {
      const [one, other] = [a, b].map((id) => inCounts(raw.get(id) as Report, counts)) as [Report, Report];
      return { set: 'agency', story: label === 'S', inputs: inputsOf(one, other) };
    });
}

interface OwnPair {
  readonly use: 'train' | 'report';
  readonly story: boolean;
  readonly hours: number;
  readonly sameSource: boolean;
  readonly a: Pick<Text, 'title' | 'text'>;
  readonly b: Pick<Text, 'title' | 'text'>;
}

function ownPairs(): Pair[] {
  const file = new URL('event-pairs.jsonl', import.meta.url).pathname;
  return readLines<OwnPair>(file).map(({ use, story, hours, sameSource, a, b }) => {
    const at = (after: number): string => new Date(after * 3_600_000).toISOString();
    const one = inCounts(reportOf({ ...a, published: at(0), source: 'a' }), nothing);
    const other = inCounts(reportOf({ ...b, published: at(hours), source: sameSource ? 'a' : 'b' }), nothing);
    return { set: use === 'train' ? 'own' : 'report', story, inputs: inputsOf(one, other) };
  });
}

const pairs = [
  ...pairsOf('ecb', readArticles(folder, 'ecb-articles'), storyLabels('ecb'), oneStory),
  ...pairsOf('basil', readArticles(folder, 'basil-articles'), storyLabels('basil'), oneStory),
  ...pairsOf('constructed', readArticles(folder, 'articles'), readLabels(folder), (a, b) =>
    a.dup === b.dup ? undefined : oneStory(a, b),
  ),
  ...agencyPairs(),
  ...ownPairs(),
];
const sizes = Map.groupBy(pairs, ({ set, story }) => `${set} ${story}`);
const examples = pairs.flatMap(({ set, story, inputs }): (Example & Pair)[] => {
  if (set === 'report') return [];
  const weight = (60 * weightOf[set]) / (sizes.get(`${set} ${story}`)?.length ?? 1);
  return [{ set, story, inputs, yes: story, weight }];
});
const fitted = fitLogistic(examples, penalty);
const [alike = 1, ...others] = fitted.weights;
const weights = Object.fromEntries(
  eventInputNames.map((name, index) => [
    name,
    Number((((others[index] ?? 0) / alike) * (believed[name] ?? 1)).toFixed(2)),
  ]),
);
for (const [name, set] of Map.groupBy(pairs, ({ set }) => set)) {
  const right = set.filter(({ inputs, story }) => {
    const sum = inputs.reduce((total, value, index) => total + value * (fitted.weights[index] ?? 0), fitted.bias);
    return sum > 0 === story;
  });
  console.error(
    `${name}: ${right.length} of ${set.length} pairs told rightly${name === 'report' ? ', never trained' : ''}`,
  );
}
const file = new URL('../../../src/dedupe/same-event.weights.json', import.meta.url);
writeFileSync(file, `${JSON.stringify(weights, null, 2)}\n`);
console.error(`wrote ${file.pathname}: ${JSON.stringify(weights)}`);
