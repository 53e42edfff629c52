import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { getDomain } from 'tldts';
import { isEmbeddedPost } from '../../../src/extract/decide/repair.ts';
import { blockFeatures } from '../../../src/extract/features/features.ts';
import type { Placed } from '../../../src/extract/features/neighbourhood.ts';
import type { Block, Box } from '../../../src/extract/parse/block.ts';
import { openPage } from '../../../src/extract/parse/open.ts';
import { labelBlocks, labelBySnippets } from './labels.ts';
import { withoutNames } from './strip.ts';

/** A page to learn from, without its text: features, labels and weights of its blocks. */
export interface Sample {
  readonly fold: number;
  /** What the second round reads of the blocks: texts and trees of two thousand pages would take more memory than there is. */
  readonly blocks: readonly Placed[];
  readonly labels: Float32Array;
  readonly weights: Float32Array;
  readonly features: Float32Array;
  readonly zone: { readonly first: number; readonly end: number };
}

/** A row of `gold.jsonl`, as far as the trainer reads it. */
interface Row {
  readonly id: string;
  readonly url: string;
  readonly domain?: string;
  readonly text?: string;
  readonly with?: readonly string[];
  readonly without?: readonly string[];
}

/** Corpora with whole texts, and what a page of each counts; snippets say something of a few blocks only. */
export const corpora: Readonly<Record<string, number>> = {
  zyte: 1.5,
  fundus: 1,
  'fundus-eval': 1.3,
  naeb: 1,
  newspaper4k: 0.5,
  trafilatura: 1,
};

/**
 * What the copy of a page counts whose class names, ids and structured data are taken off. Of sites left out it costs nothing and gives
 * such pages .005 to .022 of F1; copies without `<p>` besides, or more trees, gave nothing.
 */
const bareShare = 0.5;

/** Parts into which the sites are dealt. */
export const folds = 5;

const hash = (text: string): number =>
  [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7) >>> 0;

/** The part of the sites to which a page belongs. */
export const foldOf = ({ url, domain, id }: Pick<Row, 'url' | 'domain' | 'id'>): number =>
  hash(getDomain(url) ?? domain ?? id) % folds;

/** Reads the pages of a folder with corpora, each as it is and bare; pages whose gold is cut off (`suspect.json` above it) are left out. */
export function readSamples(folder: string): Sample[] {
  const suspect: Readonly<Record<string, readonly string[]>> = JSON.parse(
    readFileSync(join(folder, '..', 'suspect.json'), 'utf8'),
  );
  return Object.entries(corpora).flatMap(([corpus, share]) =>
    readFileSync(join(folder, corpus, 'gold.jsonl'), 'utf8')
      .trim()
      .split('\n')
      .map((line): Row => JSON.parse(line))
      .filter(({ id }) => !(suspect[`dev/${corpus}`] ?? []).includes(id))
      .flatMap((row) => {
        const html = gunzipSync(readFileSync(join(folder, corpus, 'pages', `${row.id}.html.gz`))).toString('utf8');
        return [sampleOf(row, html, share), sampleOf(row, withoutNames(html), share * bareShare)];
      }),
  );
}

function sampleOf(row: Row, html: string, share: number): Sample {
  const { view, findings } = openPage({ url: row.url, html });
  const labels = row.text ? labelBlocks(view, [row.text]) : labelBySnippets(view, row.with ?? [], row.without ?? []);
  // A page counts the same whether long or short, as in the score; a block counts by its words.
  const goldWords = view.blocks.reduce((sum, block, i) => sum + block.words * Math.max(0, labels[i] ?? 0), 0);
  const weights = Float32Array.from(view.blocks, (block, i) => {
    // Embedded posts are kept by rule, and the corpora do not agree on them.
    if ((labels[i] ?? 0) < 0 || isEmbeddedPost(block)) return 0;
    const words = row.text ? block.words : Math.min(block.words, 15);
    return share * (0.12 + (row.text ? (20 * words) / Math.max(150, goldWords) : words * 0.02));
  });
  return {
    fold: foldOf(row),
    blocks: placed(view.blocks),
    labels,
    weights,
    features: blockFeatures(view, findings).rows,
    zone: findings.zone,
  };
}

/** Blocks that share a box, or a parent of their boxes, share it still. */
function placed(blocks: readonly Block[]): Placed[] {
  const parents = new Map<Box, object>();
  const boxes = new Map<Box, Placed['box']>();
  return blocks.map(({ words, kind, box }) => {
    const { template, parent } = box;
    const above = parent && (parents.get(parent) ?? {});
    if (parent && above) parents.set(parent, above);
    const own = boxes.get(box) ?? { template, parent: above };
    boxes.set(box, own);
    return { words, kind, box: own };
  });
}
