/**
 * npm run bench:dedupe -- [--data FOLDER] [--stories FOLDER] [--pairs N] [--million | --fingerprints N] [--json]
 *
 * With --data duplicates and stories on the development data, judged by the data's own scorer; duplicates raced through four processes; and
 * with --million the claims a second on an index of a million articles, which takes a few minutes to fill.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { dedupeAll, type StreamAnswer } from '../../src/app/dedupe-stream.ts';
import { hashWord } from '../../src/dedupe/hash.ts';
import { groupHeadlines } from '../../src/dedupe/headlines.ts';
import { inOrder, readArticles, readLines } from '../../tools/train/dedupe/data.ts';
import { duplicatePairs, raceDuplicates } from '../support/duplicates.ts';
import { openBenchPostgres } from './bench-postgres.ts';
import { measureClaims } from './dedupe-claims.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    stories: { type: 'string' },
    pairs: { type: 'string', default: '300' },
    million: { type: 'boolean', default: false },
    fingerprints: { type: 'string' },
    json: { type: 'boolean', default: false },
  },
});
const fingerprints = values.million ? 1_000_000 : Number(values.fingerprints ?? 0);
if (!values.data && !fingerprints) throw new Error('--data FOLDER (with dev/ and score.mjs), --million or both');
const report: Record<string, string> = {};
if (values.data) await measureQuality(values.data);
if (values.data && values.stories) await measureStories(values.data, values.stories);
await measureRace(Number(values.pairs));
if (fingerprints) {
  await using server = await openBenchPostgres();
  Object.assign(report, await measureClaims(server.url, fingerprints));
}
report['peak memory of this process, MB'] = (process.resourceUsage().maxRSS / 1024).toFixed(0);
if (values.json) console.log(JSON.stringify(report));
else for (const [name, value] of Object.entries(report)) console.log(`${name.padEnd(80)} ${value}`);

interface Score {
  readonly precision: number;
  readonly recall: number;
  readonly f1: number;
  readonly bcubedF1: number;
  readonly falseMerges: number;
}
/** The scorer that comes with the data. */
interface Judge {
  clustersOf(answers: readonly object[]): Map<string, string>;
  score(gold: readonly object[], found: Map<string, string>, field: string): Score;
  scorePairs(gold: readonly object[], found: Map<string, string>): Pick<Score, 'precision' | 'recall' | 'f1'>;
}

function round(value: number): string {
  return value.toFixed(3);
}

function storiesOf(answers: readonly StreamAnswer[]): Map<string, string> {
  return new Map(answers.map((answer) => [answer.id, answer.story]));
}

function answersOf(articles: ReturnType<typeof readArticles>): Promise<StreamAnswer[]> {
  return dedupeAll(
    articles.map(({ url, title, text, published, source, ...article }) => ({
      ...article,
      ...{ url: url ?? undefined, published: published ?? undefined, source: source ?? '', lang: undefined },
      ...{ title: title ?? '', text: text ?? '' },
    })),
  );
}

async function measureQuality(folder: string): Promise<void> {
  const judge = (await import(path.resolve(folder, 'score.mjs'))) as Judge;
  const gold = (name: string): object[] => readLines(path.join(folder, name));
  const started = performance.now();
  const constructed = await answersOf(readArticles(folder, 'articles'));
  const seconds = (performance.now() - started) / 1000;
  const duplicates = judge.score(gold('dev/labels.jsonl'), judge.clustersOf(constructed), 'dup');
  report['constructed set: F1 / articles falsely merged'] = `${round(duplicates.f1)} / ${duplicates.falseMerges}`;
  report['constructed set: P / R'] = `${round(duplicates.precision)} / ${round(duplicates.recall)}`;
  const agency = judge.scorePairs(
    gold('dev/reuters-pairs.jsonl'),
    judge.clustersOf(await answersOf(readArticles(folder, 'reuters-articles'))),
  );
  report['real agency pairs: P / R'] = `${round(agency.precision)} / ${round(agency.recall)}`;
  for (const name of ['basil', 'ecb'])
    await measureHalves(
      judge,
      `${name} (its constants were chosen on it)`,
      readLines(path.join(folder, `dev/${name}-labels.jsonl`)),
      readArticles(folder, `${name}-articles`),
    );

  const ticker = readLines<{ id: string; headline: string }>(path.join(folder, 'headline-groups.jsonl'));
  const groups = groupHeadlines(ticker.map((one) => one.headline));
  const headlineScores = (['version', 'story'] as const).map((field) => {
    const found = new Map(ticker.map(({ id }, index) => [id, String(groups[index]?.[field])]));
    return judge.score(ticker, found, field);
  });
  report['headlines: versions F1 / stories F1 (P)'] =
    `${round(headlineScores[0]?.f1 ?? 0)} / ${round(headlineScores[1]?.f1 ?? 0)} (${round(headlineScores[1]?.precision ?? 0)})`;
  const single = { url: undefined, text: '', published: undefined, lang: 'en', source: 'ticker' };
  const oneByOne = await dedupeAll(ticker.map(({ id, headline }) => ({ ...single, id, title: headline })));
  const singleScores = (['version', 'story'] as const).map((field) => {
    const groupOf = (one: StreamAnswer): string => (field === 'story' ? one.story : (one.duplicateOf ?? one.id));
    return judge.score(ticker, new Map(oneByOne.map((one) => [one.id, groupOf(one)])), field);
  });
  report['headlines one by one, as the wire takes them in: versions P / R, stories P / R'] = singleScores
    .map(({ precision, recall }) => `${round(precision)} / ${round(recall)}`)
    .join(', ');
  report['articles a second, one thread, in memory'] = (constructed.length / seconds).toFixed(0);
}

type Articles = ReturnType<typeof readArticles>;

/** Stories of each set of a folder, on which nothing was chosen. */
async function measureStories(folder: string, sets: string): Promise<void> {
  const judge = (await import(path.resolve(folder, 'score.mjs'))) as Judge;
  for (const name of readdirSync(sets).flatMap((file) => /^(.+)-labels\.jsonl$/.exec(file)?.[1] ?? [])) {
    const articles = inOrder(readLines<Articles[number]>(path.join(sets, `${name}.jsonl.gz`)));
    await measureHalves(judge, name, readLines(path.join(sets, `${name}-labels.jsonl`)), articles);
  }
}

/**
 * A set whole, and by halves of its topics, each clustered alone: how far the figure holds for others. Two events of one topic stay in one
 * half: put apart by chance they are not confused, and the halves look better (ECB+ .966) than any stranger's mix.
 */
async function measureHalves(
  judge: Judge,
  name: string,
  gold: readonly { readonly id: string; readonly story: string; readonly topic?: string }[],
  articles: Articles,
): Promise<void> {
  const scores = [];
  for (const half of [undefined, 0, 1]) {
    const halfOf = (topic: string): number => (hashWord(topic) >>> 9) & 1;
    const judged = gold.filter(({ story, topic }) => half === undefined || halfOf(String(topic ?? story)) === half);
    const ids = new Set(judged.map((one) => one.id));
    const answers = await answersOf(articles.filter((article) => ids.has(article.id)));
    scores.push(judge.score(judged, storiesOf(answers), 'story'));
  }
  report[`stories of ${name}: BCubed F1 (pair precision), halves of the topics`] =
    `${scores.map(({ bcubedF1, precision }) => `${round(bcubedF1)} (${round(precision)})`).join(', ')}`;
}

async function measureRace(count: number): Promise<void> {
  await using server = await openBenchPostgres();
  const pairs = duplicatePairs(count);
  const raceStarted = performance.now();
  const outcomes = await raceDuplicates(server.url, pairs, { processes: 4, pairsInFlight: 4, killAfter: pairs.length });
  const raceSeconds = (performance.now() - raceStarted) / 1000;
  const kinds = pairs.map((_, pair) => [outcomes[pair * 2]?.kind, outcomes[pair * 2 + 1]?.kind].sort().join());
  const missed = kinds.filter((kind) => kind === 'published,published').length;
  const published = outcomes.filter((outcome) => outcome.kind === 'published').length;
  report[`race: ${pairs.length} pairs of duplicates, 4 processes, one killed: missed / wrong`] =
    `${missed} / ${pairs.length + missed - published}`;
  report['race: whole articles ingested a second'] = (outcomes.length / raceSeconds).toFixed(0);
}
