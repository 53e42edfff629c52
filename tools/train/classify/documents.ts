import { readdirSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { topics } from '../../../src/classify/topics.ts';
import manifest from './manifest.json' with { type: 'json' };

/** A text with what is known of its topic. */
export interface Document {
  /** The set it comes from, an id of the manifest. */
  readonly source: string;
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  /** For each topic how well it would do as an answer, 0…1: 1 for the label, less for the others that a wide label holds. */
  readonly target: Float32Array;
  /** Index of the one right topic; undefined where the label is wider than a topic. */
  readonly main: number | undefined;
  /** Number of the text in its set: translations of one sentence carry the same. */
  readonly number?: number | undefined;
  /** Indexes of all topics that count as right. */
  readonly right: readonly number[];
}

interface Row {
  readonly id: string;
  readonly source: string;
  readonly lang: string;
  readonly title: string;
  readonly text: string;
  readonly topics: readonly string[];
  readonly accept?: readonly string[];
  readonly tasks: readonly string[];
}

const indexOf = new Map(topics.flatMap((topic, index) => [[topic.id, index] as const, [topic.slug, index] as const]));
/** What the other topics of a wide label are worth beside its main one. */
const sideTarget = 0.4;

/** Refuses sets that may not train. */
export function assertMayTrain(sources: Iterable<string>): void {
  for (const source of sources) {
    const set = manifest.sets.find(({ id }) => id === source);
    if (!set)
      throw new Error(
        `The set '${source}' is not in the manifest (tools/train/classify/manifest.json): add its licence first.`,
      );
    if (set.permission !== 'train')
      throw new Error(`The set '${source}' must not train weights that are shipped: its licence is '${set.licence}'.`);
  }
}

/** A document with targets from topic ids: `labels` are right, `accept` would do. */
export function labelled(
  row: { source: string; lang: string; title: string; text: string },
  labels: readonly string[],
  accept: readonly string[],
): Document {
  const target = new Float32Array(topics.length);
  const main = labels.map((id) => indexOf.get(id)).filter((index) => index !== undefined);
  const wide = accept.map((id) => indexOf.get(id)).filter((index) => index !== undefined);
  for (const index of wide) target[index] = main.length ? sideTarget : 1;
  for (const index of main) target[index] = 1;
  return { ...row, target, main: main[0], right: [...new Set([...main, ...wide])] };
}

/** The rows of a data file (JSON lines, also gzipped) that carry topics. */
export function readRows(file: string): Document[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const documents: Document[] = [];
  for (const line of text.split('\n')) {
    if (!line) continue;
    const row = JSON.parse(line) as Row;
    if (!row.tasks.includes('topic') || !(row.topics.length || row.accept?.length)) continue;
    const number = Number(/\d+/.exec(row.id.split('_').at(-1) ?? '')?.[0] ?? documents.length);
    documents.push({ ...labelled(row, row.topics, row.accept ?? []), number });
  }
  return documents;
}

/** IPTC's own definitions (`iptc.json` of the data folder): a few English words for each of 1,200 concepts. */
export function readDefinitions(file: string): Document[] {
  const concepts = JSON.parse(readFileSync(file, 'utf8')) as { top: string; name: string; definition: string }[];
  return concepts.map(({ top, name, definition }) =>
    labelled({ source: 'iptc', lang: 'en', title: name, text: definition }, [top], []),
  );
}

/** Languages that share a word list. */
const sharedLists: Record<string, readonly string[]> = { sh: ['sr', 'hr', 'bs'] };

/** Our word lists: each word is a document, and so is each of some random handfuls of eight. */
export function readLexicons(folder: URL, random: () => number, handfuls: number): Document[] {
  const documents: Document[] = [];
  for (const file of readdirSync(folder).sort()) {
    const name = file.replace('.txt', '');
    for (const lang of sharedLists[name] ?? [name]) {
      for (const line of readFileSync(new URL(file, folder), 'utf8').split('\n')) {
        const [slug, list] = line.split(': ');
        if (!slug || !list || line.startsWith('#')) continue;
        if (!indexOf.has(slug)) throw new Error(`${file}: there is no topic '${slug}'`);
        const words = list.split(/, */);
        const add = (title: string) =>
          documents.push(labelled({ source: 'lexicon', lang, title, text: '' }, [slug], []));
        for (const word of words) add(word);
        for (let count = 0; count < handfuls; count++) {
          add(Array.from({ length: 8 }, () => words[Math.floor(random() * words.length)]).join(' '));
        }
      }
    }
  }
  return documents;
}
