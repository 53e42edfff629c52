/**
 * What language, regions and topics are worth on labelled texts, and what they cost.
 *
 * Usage: npm run bench:classify -- --data FOLDER [--vectors FILE] [--only language,regions,topics,speed] [--every N]
 *   --data     FOLDER holds dev.jsonl.gz (rows with id, title, text, lang, source, topics, countries, accept, focus, tasks)
 *   --vectors  word vectors as train:topics reads them: also trains without each source in turn and measures on it (some minutes)
 *   --every    takes each Nth row
 *   --strangers  FOLDER holds labels.jsonl.gz, rows of the same form of sets that nothing was made for (GeoWebNews, TTC-3600)
 *
 * Sets that are not in the data have their row too, which says so.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { gunzipSync } from 'node:zlib';
import { type Classifier, type ClassifyInput, loadClassifier } from '../../src/classify/classify.ts';
import shippedWeights from '../../src/classify/data/topics.json' with { type: 'json' };
import { articleLength, topicModel } from '../../src/classify/topic-model.ts';
import type { Classification } from '../../src/domain/article.ts';
import { readCorpus } from '../../tools/train/classify/corpus.ts';
import { readRows as readDocuments } from '../../tools/train/classify/documents.ts';
import { leaveOneOut } from '../../tools/train/classify/leave-one-out.ts';
import { line, measure } from '../../tools/train/classify/measure.ts';

interface Row {
  readonly id: string;
  readonly title: string;
  readonly text: string;
  readonly lang: string;
  readonly source: string;
  readonly label?: string;
  readonly topics: readonly string[];
  readonly countries: readonly string[];
  readonly accept?: readonly string[];
  readonly focus?: string;
  readonly url?: string;
  readonly tasks: readonly string[];
}

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    vectors: { type: 'string' },
    only: { type: 'string' },
    strangers: { type: 'string' },
    every: { type: 'string', default: '1' },
  },
});
if (!values.data) throw new Error('--data FOLDER is missing: the folder with dev.jsonl.gz');
const wanted = new Set((values.only ?? 'language,regions,topics,speed').split(','));
const every = Number(values.every);
const readRows = (file: string): Row[] =>
  gunzipSync(readFileSync(file))
    .toString('utf8')
    .split('\n')
    .filter((line, index) => line && index % every === 0)
    .map((line) => JSON.parse(line) as Row);

const rows: Row[] = [];

const percent = (part: number, whole: number): string => (whole ? `${((100 * part) / whole).toFixed(1)} %` : '-');
const print = (name: string, figure: string): void => console.log(`${name.padEnd(58)} ${figure}`);

/** Hits, false alarms and misses of sets of labels. */
class Count {
  right = 0;
  wrong = 0;
  missed = 0;
  add(found: ReadonlySet<string>, gold: ReadonlySet<string>): void {
    for (const label of found) if (gold.has(label)) this.right++;
    for (const label of found) if (!gold.has(label)) this.wrong++;
    for (const label of gold) if (!found.has(label)) this.missed++;
  }
  toString(): string {
    const { right, wrong, missed } = this;
    const f = percent(2 * right, 2 * right + wrong + missed);
    return `F1 ${f} (precision ${percent(right, right + wrong)}, recall ${percent(right, right + missed)})`;
  }
}

const ids = (labels: Classification['countries']): string[] => labels.map(({ id }) => id);
const bySource = (...sources: string[]): Row[] => rows.filter(({ source }) => sources.includes(source));

function language(classifier: Classifier): void {
  console.log('\nLanguage (Serbian, Croatian and Bosnian as one: the source tells them apart)');
  const family = (lang: string): string => (/^(?:sr|hr|bs)$/.test(lang) ? 'sh' : lang);
  const score = (name: string, tested: readonly (readonly [Row, string, string])[], declared: boolean): void => {
    const right = tested.filter(([row, title, text]) => {
      const source = declared ? { lang: row.lang } : undefined;
      return family(classifier.classify({ title, text, source }).lang) === family(row.lang);
    });
    print(name, `${percent(right.length, tested.length)} of ${tested.length}`);
  };
  const six = new Set(['en', 'de', 'fr', 'es', 'ru', 'zh']);
  const headlines = bySource('bbc', 'masakha', 'tgcontest', 'esfake', 'thuc', 'toutiao', 'gnad', 'lgl')
    .filter(({ lang }) => six.has(lang))
    .map((row) => [row, row.title || (row.text.split(/[.:]\s/)[0] as string), ''] as const)
    .filter(([, title]) => title.length >= 10 && title.length <= 160);
  for (const lang of six)
    score(
      `  headlines ${lang}`,
      headlines.filter(([row]) => row.lang === lang),
      false,
    );
  score('  headlines of six languages', headlines, false);
  score('  headlines, language of the source declared', headlines, true);
  const bodies = rows.filter(
    ({ text, tasks, source }) => text.length > 300 && tasks.includes('lang') && source !== 'masakha',
  );
  score(
    '  bodies',
    bodies.map((row) => [row, row.title, row.text] as const),
    false,
  );
  // Half of these texts kept out of training: 97.3 % (train:function-words --half), 36.8 % before.
  const african = bySource('masakha').filter(({ text }) => text.length > 300);
  score(
    '  bodies of 16 African languages, whose frequent words are learnt from these',
    african.map((row) => [row, row.title, row.text] as const),
    false,
  );
  score(
    '  sentences of 55 languages',
    bySource('sib').map((row) => [row, row.title, ''] as const),
    false,
  );
}

function regions(classifier: Classifier): void {
  console.log('\nRegions');
  const classify = (row: Row, country: string | undefined): Classification =>
    classifier.classify({ title: row.title, text: row.text, source: { lang: row.lang, country } });
  const about = (name: string, tested: readonly Row[], country: (row: Row) => string | undefined): void => {
    const count = new Count();
    let focus = 0;
    const focused = tested.filter((row) => row.focus);
    for (const row of tested) {
      const found = ids(classify(row, country(row)).countries);
      count.add(new Set(found), new Set(row.countries));
      if (row.focus && found[0] === row.focus) focus++;
    }
    print(name, `${count}, focus ${percent(focus, focused.length)}`);
  };
  about('  Reuters countries, text only', bySource('reuters'), () => undefined);
  about("  Reuters countries, with the source's country (US)", bySource('reuters'), () => 'US');
  const mentions = (name: string, tested: readonly Row[], country: (row: Row) => string | undefined): void => {
    const count = new Count();
    for (const row of tested) count.add(new Set(ids(classify(row, country(row)).mentioned)), new Set(row.countries));
    print(name, String(count));
  };
  mentions('  LGL mentions, text only', bySource('lgl'), () => undefined);
  mentions("  LGL mentions, with the newspaper's country", bySource('lgl'), (row) => row.focus);
  mentions('  GeoWebNews mentions, text only (needs --strangers)', bySource('gwn'), () => undefined);
  print('  TR-News mentions', 'held out: not in the development data');
  print('  German agency items: countries, focus', 'held out: not in the development data');
  about(
    "  Newswire in English, focus with the newspaper's country (a weak label)",
    bySource('efn'),
    (row) => row.focus,
  );
  mentions('  GeoVirus mentions, text only', bySource('geovirus'), () => undefined);
  const cliff = bySource('cliff').filter(({ countries, focus }) => countries.length > 0 || focus);
  const among = cliff.filter((row) => {
    const country = row.label === 'bbc' ? 'GB' : 'US';
    return ids(classify(row, country).countries).some((id) => row.focus === id || row.countries.includes(id));
  });
  print('  CLIFF: a focus country among the answers', `${among.length} of ${cliff.length}`);
  agreement(classifier);
}

/** Parallel sentences: what is found in a translation against what is found in the English original. */
function agreement(classifier: Classifier): void {
  const found = (row: Row): Set<string> =>
    new Set(ids(classifier.classify({ title: row.title, text: '', lang: row.lang }).mentioned));
  const numberOf = (row: Row): string => /\d+$/.exec(row.id)?.[0] ?? row.id;
  const sentences = bySource('sib');
  const english = new Map(sentences.filter(({ lang }) => lang === 'en').map((row) => [numberOf(row), found(row)]));
  const groups: Record<string, string> = {
    'Slavic and Greek': 'sr hr bs sl mk bg ru uk pl cs sk el',
    'Romance and Germanic': 'fr es it pt ro de nl sv da no',
    'Hungarian, Turkish, Albanian, Finnish': 'hu tr sq fi',
    'Arabic, Hebrew, Persian, Hindi': 'ar he fa hi',
    'Chinese, Japanese, Korean': 'zh ja ko',
  };
  for (const [name, langs] of Object.entries(groups)) {
    const all = new Count();
    const each = langs.split(' ').map((lang) => {
      const count = new Count();
      for (const row of sentences) {
        const gold = english.get(numberOf(row));
        if (row.lang !== lang || !gold) continue;
        const answer = found(row);
        count.add(answer, gold);
        all.add(answer, gold);
      }
      return `${lang} ${percent(2 * count.right, 2 * count.right + count.wrong + count.missed).replace(' %', '')}`;
    });
    print(`  agreement with English: ${name}`, `${all}\n      ${each.join('  ')}`);
  }
}

function topics(classifier: Classifier, folder: string): void {
  const model = topicModel(shippedWeights);
  console.log('\nTopics, best answer whatever its confidence');
  const documents = readDocuments(join(folder, 'dev.jsonl.gz'));
  for (const source of ['agnews', 'gnad']) {
    const tested = documents.filter((document) => document.source === source);
    console.log(
      line(
        `  ${source}, shipped`,
        measure(tested, ({ title, text, lang }) => model(title, text, lang)?.probabilities),
      ),
    );
  }
  if (values.vectors)
    for (const { source, score } of leaveOneOut(readCorpus(folder, values.vectors)))
      console.log(line(`  ${source}, left out`, score));
  else print('  bbc, masakha, huffpost, left out of training', 'needs --vectors FILE');

  const share = (name: string, wanted: (row: Row) => boolean): void => {
    const tested = rows.filter(
      (row) => row.tasks.includes('topic') && (row.topics.length || row.accept?.length) && wanted(row),
    );
    let answered = 0;
    let right = 0;
    for (const { title, text, lang, topics: gold, accept } of tested) {
      const [first] = classifier.classify({ title, text, lang }).topics;
      if (first) answered++;
      if (first && (gold.includes(first.id) || accept?.includes(first.id))) right++;
    }
    print(name, `${percent(right, answered)} right of ${percent(answered, tested.length)} answered (${tested.length})`);
  };
  console.log(
    '\nTopics, precision and coverage at the shipped thresholds (train:topics prints them on halves kept out of training)',
  );
  const isArticle = ({ title, text }: Row): boolean => title.length + text.length >= articleLength;
  share(
    '  articles of sources that never train (agnews, gnad)',
    (row) => isArticle(row) && /^(?:agnews|gnad)$/.test(row.source),
  );
  share('  all rows, most of which trained', () => true);
  share('  all articles, most of which trained', isArticle);
  console.log(
    '\nTopics, left out (no text of these sets trains): right of answered from each confidence that readers see',
  );
  for (const source of ['agnews', 'gnad', 'ttc']) {
    const tested = bySource(source).map(({ title, text, lang, topics: gold, accept }) => {
      const [first] = classifier.classify({ title, text, lang }).topics;
      const right = first && (gold.includes(first.id) || accept?.includes(first.id));
      return { confidence: first?.confidence ?? 0, right: right === true };
    });
    const curve = [0.01, 0.8, 0.85, 0.9, 0.95].map((least) => {
      const given = tested.filter(({ confidence }) => confidence >= least);
      const right = given.filter((one) => one.right).length;
      return `≥ ${least.toFixed(2)}: ${percent(right, given.length)} of ${percent(given.length, tested.length)}`;
    });
    print(`  ${source} (${tested.length})`, curve.join('   '));
  }
  console.log('\nTopics (AG News and GNAD never train; the others do, so theirs are no figures for a new source)');
  for (const source of [
    'agnews',
    'gnad',
    'bbc',
    'masakha',
    'huffpost',
    'esfake',
    'fakebr',
    'tgcontest',
    'thuc',
    'toutiao',
    'sib',
  ]) {
    const tested = bySource(source).filter(
      (row) => row.tasks.includes('topic') && (row.topics.length || row.accept?.length),
    );
    let answered = 0;
    let right = 0;
    for (const row of tested) {
      const [first] = classifier.classify({ title: row.title, text: row.text, lang: row.lang }).topics;
      if (!first) continue;
      answered++;
      if (row.topics.includes(first.id) || row.accept?.includes(first.id)) right++;
    }
    print(
      `  ${source}`,
      `${percent(right, answered)} right of ${percent(answered, tested.length)} answered (${tested.length})`,
    );
  }
}

/** A sink that the measured loop writes to, so that nothing of it can be left out. */
let sink = 0;

/** Resident memory of a process, Linux only: bytes. */
const residentBytes = (pid: number): number =>
  1024 * Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]);

/** Memory of a Node process that was told to do something, when it has answered each line that it was given. */
async function memoryAfter(args: readonly string[], lines: readonly string[]): Promise<number> {
  const child = spawn(process.execPath, args, { stdio: ['pipe', 'pipe', 'inherit'] });
  let answers = 0;
  const answered = new Promise<void>((resolve) => {
    child.stdout.on('data', (chunk: Buffer) => {
      for (const byte of chunk) if (byte === 10) answers++;
      if (answers >= lines.length) resolve();
    });
  });
  for (const line of lines) if (!child.stdin.write(`${line}\n`)) await once(child.stdin, 'drain');
  await answered;
  const bytes = residentBytes(child.pid as number);
  child.stdin.end();
  await once(child, 'close');
  return bytes;
}

/** What the classifier keeps: heap and buffers after a collection, beyond those before it was loaded, in a process of its own. */
function liveMemory(articles: readonly ClassifyInput[]): number {
  const module = new URL('../../src/classify/classify.ts', import.meta.url);
  const script = `
    const live = () => { gc(); const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; };
    const articles = JSON.parse((await import('node:fs')).readFileSync(0, 'utf8'));
    const before = live();
    const classifier = await (await import('${module}')).loadClassifier();
    for (const article of articles) classifier.classify(article);
    console.log(live() - before);`;
  const args = ['--expose-gc', '--input-type=module-typescript', '-e', script];
  return Number(execFileSync(process.execPath, args, { input: JSON.stringify(articles) }));
}

async function speed(classifier: Classifier): Promise<void> {
  console.log('\nCost');
  const articles: ClassifyInput[] = bySource('bbc', 'lgl', 'cliff', 'tgcontest', 'esfake', 'gnad')
    .filter(({ text }) => text.length >= 2500)
    .slice(0, 400)
    .map(({ title, text, lang }) => ({ title, text: text.slice(0, 3000), lang }));
  const run = (): void => {
    for (const article of articles) sink += classifier.classify(article).countries.length;
  };
  run();
  // Processor time, not the clock, and of several rounds the least: what else the machine does only adds to it.
  let least = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 10; round++) {
    const before = process.cpuUsage();
    run();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
  }
  const each = least / 1000 / articles.length;
  print('  an article of 2,500 to 3,000 characters', `${each.toFixed(2)} ms of one core${sink < 0 ? '!' : ''}`);
  if (process.platform !== 'linux') return;
  const echo = ['-e', 'process.stdin.on("data", (chunk) => process.stdout.write(chunk))'];
  const lines = Array.from({ length: 1000 }, (_, id) => JSON.stringify({ id, ...articles[id % articles.length] }));
  const bare = await memoryAfter(echo, ['x']);
  const typescript = await memoryAfter(['--input-type=module-typescript', ...echo], ['x']);
  const whole = await memoryAfter(['src/cli.ts', 'classify', '--jsonl'], lines);
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(0)} MB`;
  print('  `classify --jsonl` after 1,000 articles, beyond bare Node', megabytes(whole - bare));
  print('  the same, beyond Node that runs TypeScript without a build', megabytes(whole - typescript));
  print('  of it what the classifier keeps, after a collection', megabytes(liveMemory(articles)));
}

const loading = performance.now();
const classifier = await loadClassifier();
for (const [title, text] of [
  ['Serbia', 'Belgrade'],
  ['Србија', 'Влада у Београду'],
] as const) {
  classifier.classify({ title, text });
}
print('load', `${(performance.now() - loading).toFixed(0)} ms`);
rows.push(...readRows(join(values.data, 'dev.jsonl.gz')));
if (values.strangers) rows.push(...readRows(join(values.strangers, 'labels.jsonl.gz')));
if (wanted.has('language')) language(classifier);
if (wanted.has('regions')) regions(classifier);
if (wanted.has('topics')) topics(classifier, values.data);
if (wanted.has('speed')) await speed(classifier);
