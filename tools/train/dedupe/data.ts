import { readFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';

/** Objects of a JSON-lines file, unpacked if its name ends in `.gz`. */
export function readLines<T>(file: string): T[] {
  const bytes = readFileSync(file);
  const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  return text
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line) as T);
}

interface Article {
  readonly id: string;
  readonly url: string | null;
  readonly title: string;
  readonly text: string;
  readonly published: string | null;
  readonly source: string | null;
}

/** Articles in order of time. */
export const inOrder = (articles: readonly Article[]): Article[] =>
  articles.toSorted((a, b) => (a.published ?? '').localeCompare(b.published ?? ''));

/** Articles of a set of the data folder (`articles`, `reuters-articles`, …) in order of time. */
export const readArticles = (folder: string, name: string): Article[] =>
  inOrder(readLines<Article>(path.join(folder, 'dev', `${name}.jsonl.gz`)));

export interface DuplicateLabel {
  readonly id: string;
  readonly dup: string;
  readonly story: string;
  readonly kind: string;
}

export interface PairLabel {
  readonly a: string;
  readonly b: string;
  /** Duplicate, same story, neither, undecidable. */
  readonly label: 'D' | 'S' | 'N' | 'U';
  readonly weight: number;
}

export const readLabels = (folder: string): DuplicateLabel[] => readLines(path.join(folder, 'dev', 'labels.jsonl'));
export const readPairLabels = (folder: string): PairLabel[] =>
  readLines(path.join(folder, 'dev', 'reuters-pairs.jsonl'));
