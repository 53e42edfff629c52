import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { extractArticle } from '../../src/extract/extract.ts';

/** What a small page must give; what is not said is not asked. */
interface Expected {
  readonly url: string;
  readonly outcome?: 'published' | 'rejected';
  readonly title?: string;
  readonly byline?: readonly string[];
  readonly published?: string | null;
  readonly modified?: string | null;
  readonly canonicalUrl?: string;
  readonly text_contains?: readonly string[];
  readonly text_lacks?: readonly string[];
  readonly text_once?: readonly string[];
  readonly html_contains?: readonly string[];
}

const squeeze = (text: string | undefined): string => (text ?? '').replace(/\s+/g, ' ').trim();
const sorted = (names: readonly string[]): string => JSON.stringify([...names].sort());

/** Reads the small pages of a folder and says what is wrong with each that is not read as it should be. */
export async function tryCases(folder: string): Promise<{ cases: number; faults: string[] }> {
  const names = (await readdir(folder)).filter((file) => file.endsWith('.html')).map((file) => file.slice(0, -5));
  const faults: string[] = [];
  for (const name of names.sort()) {
    const expected: Expected = JSON.parse(await readFile(join(folder, `${name}.expected.json`), 'utf8'));
    const found = faultsOf(expected, await readFile(join(folder, `${name}.html`), 'utf8'));
    if (found.length > 0) faults.push(`${name}: ${found.join('; ')}`);
  }
  return { cases: names.length, faults };
}

function faultsOf(expected: Expected, html: string): string[] {
  const { article, verdict } = extractArticle({ url: expected.url, html });
  if (expected.outcome === 'rejected') return verdict.kind === 'rejected' ? [] : ['taken for an article'];
  const faults: string[] = [];
  const want = (isRight: boolean, what: string): void => void (isRight || faults.push(what));
  const text = squeeze(article.text);
  const { title, byline, canonicalUrl } = expected;
  want(expected.outcome === undefined || verdict.kind === 'article', 'rejected');
  want(title === undefined || squeeze(article.title) === squeeze(title), `title ${article.title}`);
  want(byline === undefined || sorted(article.byline) === sorted(byline), `byline ${article.byline.join(', ')}`);
  want(canonicalUrl === undefined || article.canonicalUrl === canonicalUrl, `address ${article.canonicalUrl}`);
  for (const field of ['published', 'modified'] as const) {
    const [day, right] = [article[field], expected[field]];
    want(
      right === undefined || (right === null ? day === undefined : Date.parse(day ?? '') === Date.parse(right)),
      `${field} ${day}`,
    );
  }
  for (const part of expected.text_contains ?? []) want(text.includes(squeeze(part)), `lacks: ${part}`);
  for (const part of expected.text_lacks ?? []) want(!text.includes(squeeze(part)), `has: ${part}`);
  for (const part of expected.text_once ?? []) want(text.split(squeeze(part)).length === 2, `not once: ${part}`);
  for (const part of expected.html_contains ?? [])
    want(squeeze(article.html).includes(squeeze(part)), `lacks: ${part}`);
  return faults;
}
