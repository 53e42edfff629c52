import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { storyTerms } from '../../../src/dedupe/story-terms.ts';
import { wordsOf } from '../../../src/dedupe/words.ts';
import { readArticles } from './data.ts';

/**
 * Counts in how many articles common terms occur: `node tools/train/dedupe/common-words.ts --data FOLDER`. Only hashes and counts are
 * kept, and only of terms that at least `fewest` articles hold.
 */
const { values } = parseArgs({ options: { data: { type: 'string' } } });
if (!values.data) throw new Error('--data FOLDER: the folder of the deduplication data (with dev/)');
const fewest = 6;

const titles = new Set<string>();
const counts = new Map<number, number>();
for (const { title, text } of readArticles(values.data, 'articles')) {
  // Copies of one article are one use of its words.
  if (titles.has(title)) continue;
  titles.add(title);
  for (const term of storyTerms(wordsOf(title), wordsOf(text)).keys()) counts.set(term, (counts.get(term) ?? 0) + 1);
}
const common = [...counts].filter(([, count]) => count >= fewest).sort((a, b) => a[0] - b[0]);
const file = new URL('../../../src/dedupe/common-words.weights.json', import.meta.url);
const json = { articles: titles.size, terms: common.map(([term]) => term), counts: common.map(([, count]) => count) };
writeFileSync(file, `${JSON.stringify(json)}\n`);
console.error(`wrote ${common.length} terms of ${titles.size} articles to ${file.pathname}`);
