import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decide } from '../../src/extract/decide/decide.ts';
import { openPage } from '../../src/extract/parse/open.ts';
import { renderText } from '../../src/extract/render/render.ts';
import { type Gold, variants } from './extract-gold.ts';
import { macroF1, type Overlap, overlap, pageF1 } from './extract-scores.ts';

/** A line of the file that `train.ts --unseen FILE` writes: scores of both rounds by scorers that did not see the page's site. */
interface Unseen {
  readonly corpus: string;
  readonly id: string;
  readonly first: readonly number[];
  readonly scores: readonly number[];
}

/** F1 of each corpus with scores of sites left out: what the scorer makes of sites that it does not know. */
export async function leftOut(file: string, corpora: ReadonlyMap<string, string>): Promise<[string, number][]> {
  const overlaps = new Map<string, Overlap[]>();
  const golds = new Map<string, Map<string, Gold>>();
  for (const line of (await readFile(file, 'utf8')).split('\n').filter(Boolean)) {
    const { corpus, id, first, scores }: Unseen = JSON.parse(line);
    const folder = corpora.get(corpus);
    if (folder === undefined) continue;
    const known = golds.get(corpus) ?? (await readGolds(folder));
    golds.set(corpus, known);
    const gold = known.get(id);
    if (!gold?.text) continue;
    const html = gunzipSync(await readFile(join(folder, 'pages', `${id}.html.gz`))).toString('utf8');
    const page = openPage({ url: gold.url, html });
    if (page.blocks.length !== scores.length)
      throw new Error(`${file} was made by another version (page ${id}): run the trainer with --dry --unseen again`);
    const { kept } = decide(
      page,
      Float32Array.from(scores, (score, index) => (score + (first[index] ?? 0)) / 2),
    );
    const best = variants(gold)
      .map((text) => overlap(text, renderText(kept)))
      .reduce((a, b) => (pageF1(b) > pageF1(a) ? b : a));
    overlaps.set(corpus, [...(overlaps.get(corpus) ?? []), best]);
  }
  return [...overlaps].map(([corpus, pages]) => [`${corpus} F1`, macroF1(pages)]);
}

async function readGolds(folder: string): Promise<Map<string, Gold>> {
  const rows = (await readFile(join(folder, 'gold.jsonl'), 'utf8')).trim().split('\n');
  return new Map(rows.map((row): [string, Gold] => [String(JSON.parse(row).id), JSON.parse(row)]));
}
