/**
 * Trains the judge of pages: `node tools/train/extract/train-verdict.ts --data FOLDER --web FOLDER [--unseen FOLDER] [--dry]`. `--data` holds
 * the corpora of articles and `wcxb-nonarticle`; `--web` the recorded web (`manifest.jsonl`, `pages/`), whose front and section pages are
 * none; `--unseen` a corpus (`gold.jsonl`, `pages/`) that is scored and never learnt from. Each page is learnt as it is, without what it says of
 * itself, and without class names and address; articles also cut down to a few paragraphs. Prints what the judge gets wrong on sites that it
 * did not see, then writes `verdict.weights.json`; its manifest is `src/extract/data/manifest.json`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { getDomain } from 'tldts';
import { saidOnce } from '../../../src/extract/decide/copies.ts';
import { decide } from '../../../src/extract/decide/decide.ts';
import { verdictFeatureNames, verdictFeatures } from '../../../src/extract/decide/verdict-features.ts';
import { compile, predict } from '../../../src/extract/features/forest.ts';
import { openPage } from '../../../src/extract/parse/open.ts';
import { boost } from './boost.ts';
import { cutTo, withoutMetadata, withoutNames } from './strip.ts';

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    web: { type: 'string' },
    unseen: { type: 'string' },
    dry: { type: 'boolean', default: false },
  },
});
if (!values.data || !values.web) {
  console.error('Name both folders: --data FOLDER --web FOLDER');
  process.exit(2);
}

interface Row {
  readonly id: string;
  readonly url: string;
  readonly kind?: string;
  readonly file?: string;
  readonly lang?: string;
  readonly text?: string;
  /** Of trafilatura's pages a fifth are news. */
  readonly news?: boolean;
}

interface Sample {
  readonly set: string;
  readonly form: string;
  readonly url: string;
  readonly fold: number;
  readonly label: number;
  readonly words: number;
  readonly row: Float32Array;
}

/** The judge's least threshold, as in `verdict.ts`; pages with fewer words are rejected by rule. */
const articleFrom = 0.1;
const leastWords = 25;
const folds = 5;
/** An address that says nothing. */
const anyAddress = 'http://site.example/article.php?id=4711';

const hash = (text: string): number =>
  [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7) >>> 0;
const rowsOf = (file: string): Row[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
const htmlOf = (file: string): string => gunzipSync(readFileSync(file)).toString('utf8');

function sample(set: string, form: string, url: string, html: string, label: number, address = url): Sample {
  const page = openPage({ url: address, html });
  const { kept, scores } = decide(page);
  return {
    set,
    form,
    url,
    fold: hash(getDomain(url) ?? url) % folds,
    label,
    words: kept.reduce((sum, { words }) => sum + words, 0),
    row: verdictFeatures({ page, kept, said: saidOnce(page, kept), scores, url: address }),
  };
}

/** A page in all forms in which it is learnt. */
function formsOf(set: string, { url, text }: Row, html: string, label: number): Sample[] {
  const samples = [
    sample(set, 'as it is', url, html, label),
    sample(set, 'without metadata', url, withoutMetadata(html), label),
    sample(set, 'without names', url, withoutNames(html), label, anyAddress),
  ];
  if (label === 0 || !text) return samples;
  for (const [paragraphs, strip] of [
    [1, withoutMetadata],
    [2, withoutNames],
    [3, withoutMetadata],
  ] as const) {
    const cut = cutTo(html, text, paragraphs);
    if (cut) samples.push(sample(set, 'cut', url, strip(cut), label, anyAddress));
  }
  return samples.filter(({ form, words }) => form !== 'cut' || words >= 15);
}

const samples: Sample[] = [];
for (const set of ['zyte', 'naeb', 'fundus', 'fundus-eval', 'newspaper4k', 'goose3', 'trafilatura', 'wcxb-nonarticle'])
  for (const row of rowsOf(join(values.data, set, 'gold.jsonl')))
    if (set !== 'trafilatura' || row.news === true)
      samples.push(
        ...formsOf(
          set,
          row,
          htmlOf(join(values.data, set, 'pages', `${row.id}.html.gz`)),
          set.startsWith('wcxb') ? 0 : 1,
        ),
      );
for (const row of rowsOf(join(values.web, 'manifest.jsonl')))
  if (row.file && (row.kind === 'home' || row.kind === 'section'))
    samples.push(...formsOf(row.kind, row, htmlOf(join(values.web, row.file)), 0));

function train(rows: readonly Sample[]) {
  const none = rows.filter(({ label }) => label === 0).length;
  return boost(
    {
      width: verdictFeatureNames.length,
      features: Float32Array.from(rows.flatMap(({ row }) => [...row])),
      labels: Float32Array.from(rows, ({ label }) => label),
      weights: Float32Array.from(rows, ({ label }) => (label === 0 ? (rows.length - none) / none : 1)),
    },
    verdictFeatureNames,
    // Many small steps over few features each: chosen on sites left out among seven settings.
    { trees: 200, leaves: 6, rate: 0.04, leastWeight: 4, ridge: 3, columns: 0.3, seed: 5 },
  );
}

/** Left-out probabilities of pages as they are that are long enough: what each threshold would cost. */
const probabilities: { readonly label: number; readonly p: number }[] = [];

/** Pages judged wrong of all, by set and form. */
const wrong = new Map<string, [number, number]>();
function score(forest: ReturnType<typeof compile>, { set, form, label, words, row, url }: Sample): void {
  const p = predict(forest, row, 0);
  const isArticle = p >= articleFrom && words >= leastWords;
  const key = `${set}, ${form}`;
  const [count, all] = wrong.get(key) ?? [0, 0];
  const isWrong = isArticle !== (label === 1);
  if (form === 'as it is' && words >= leastWords) probabilities.push({ label, p });
  wrong.set(key, [count + Number(isWrong), all + 1]);
  if (isWrong && form === 'as it is') console.error(`${set} ${p.toFixed(2)} ${Math.round(words)} words ${url}`);
}

for (let fold = 0; fold < folds; fold++) {
  const forest = compile(train(samples.filter((each) => each.fold !== fold)), verdictFeatureNames);
  for (const each of samples) if (each.fold === fold) score(forest, each);
}
const weights = train(samples);
if (values.unseen) {
  const forest = compile(weights, verdictFeatureNames);
  for (const row of rowsOf(join(values.unseen, 'gold.jsonl')))
    score(
      forest,
      sample(
        `unseen ${row.lang ?? ''}`,
        'as it is',
        row.url,
        htmlOf(join(values.unseen, 'pages', `${row.id}.html.gz`)),
        1,
      ),
    );
}
const scores = Object.fromEntries([...wrong].sort().map(([key, [count, all]]) => [key, `${count} of ${all} wrong`]));
console.error(scores);
for (const threshold of [0.1, 0.15, 0.2, 0.25, 0.3, 0.4, 0.5]) {
  const below = probabilities.filter(({ label, p }) => label === 1 && p < threshold).length;
  const above = probabilities.filter(({ label, p }) => label === 0 && p >= threshold).length;
  console.error(
    `at ${threshold}: ${below} articles rejected, ${above} others let in, of ${probabilities.length} pages`,
  );
}
if (!values.dry) {
  const { features, bias, trees } = weights;
  writeFileSync(
    new URL('../../../src/extract/decide/verdict.weights.json', import.meta.url),
    `{"features":${JSON.stringify(features)},\n"bias":${bias},\n"trees":[\n${trees.map((tree) => JSON.stringify(tree)).join(',\n')}\n]}\n`,
  );
  console.error('Written. Put date and scores into src/extract/data/manifest.json.');
}
