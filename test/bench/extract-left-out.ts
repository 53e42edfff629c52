import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { decide } from '../../src/extract/decide/decide.ts';
import { blockScorer } from '../../src/extract/decide/trained.ts';
import { openPage } from '../../src/extract/parse/open.ts';
import { renderText } from '../../src/extract/render/render.ts';
import { foldOf, corpora as trained } from '../../tools/train/extract/block-samples.ts';
import { foldWeights } from '../../tools/train/extract/fold-weights.ts';
import { type Gold, variants } from './extract-gold.ts';
import { macroF1, overlap, pageF1 } from './extract-scores.ts';

/** F1 of each corpus that was trained on, each page read with weights that did not see its site: what strangers get. */
export async function leftOut(corpora: ReadonlyMap<string, string>): Promise<[string, number][]> {
  const [folder] = [...corpora].flatMap(([corpus, path]) => (corpus === 'zyte' ? [join(path, '..')] : []));
  if (folder === undefined)
    throw new Error('--left-out needs the corpora that were trained on: name their folder with --data');
  const scorers = foldWeights(folder, console.error).map(blockScorer);
  const rows: [string, number][] = [];
  for (const [corpus, path] of corpora) {
    if (!(corpus in trained)) continue;
    const golds = (await readFile(join(path, 'gold.jsonl'), 'utf8'))
      .trim()
      .split('\n')
      .map((row): Gold => JSON.parse(row));
    const overlaps = [];
    for (const gold of golds) {
      const scorer = scorers[foldOf(gold)];
      if (!gold.text || !scorer) continue;
      const html = gunzipSync(await readFile(join(path, 'pages', `${gold.id}.html.gz`))).toString('utf8');
      const page = openPage({ url: gold.url, html });
      const text = renderText(decide(page, scorer(page.view, page.findings)).kept);
      overlaps.push(
        variants(gold)
          .map((each) => overlap(each, text))
          .reduce((a, b) => (pageF1(b) > pageF1(a) ? b : a)),
      );
    }
    if (overlaps.length > 0) rows.push([`${corpus} F1`, macroF1(overlaps)]);
  }
  return rows;
}
