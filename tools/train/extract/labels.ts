import type { View } from '../../../src/extract/features/view.ts';

const run = 4;
const wordsOf = (text: string): string[] => text.match(/[\p{L}\p{N}_]+/gu) ?? [];

/**
 * Which blocks of a page the gold text holds: 1 yes, 0 no, or the share of the block's word runs that are in it. Short lines count when the
 * gold holds them in a row with the words of their neighbours; of copies, the one among other kept blocks counts.
 */
export function labelBlocks(view: View, golds: readonly string[]): Float32Array {
  const { blocks } = view;
  const n = blocks.length;
  const texts = blocks.map((block) => wordsOf(block.text));
  const runs = new Set<string>();
  const lines = new Set<string>();
  const pairs = new Set<string>();
  for (const gold of golds) {
    const words = wordsOf(gold);
    for (let i = 0; i < words.length; i++) {
      if (i + run <= words.length) runs.add(words.slice(i, i + run).join(' '));
      if (i + 2 <= words.length) pairs.add(`${words[i]} ${words[i + 1]}`);
    }
    for (const line of gold.split(/\n+/)) lines.add(wordsOf(line).join(' '));
  }
  const labels = new Float32Array(n);
  for (let i = 0; i < n; i++) {
    const words = texts[i] ?? [];
    if (words.length < run) continue;
    let hits = 0;
    for (let k = 0; k + run <= words.length; k++) if (runs.has(words.slice(k, k + run).join(' '))) hits++;
    const share = hits / (words.length - run + 1);
    labels[i] = share > 0.85 ? 1 : share < 0.15 ? 0 : share;
  }
  const sure = (i: number): boolean => (labels[i] ?? 0) > 0.6 && (texts[i]?.length ?? 0) >= run;
  const mass = (i: number): number => {
    let sum = 0;
    for (let j = Math.max(0, i - 6); j <= Math.min(n - 1, i + 6); j++)
      if (j !== i && sure(j)) sum += Math.min(30, texts[j]?.length ?? 0);
    return sum;
  };
  const copies = new Map<string, number[]>();
  for (let i = 0; i < n; i++)
    if ((labels[i] ?? 0) > 0) {
      const key = (texts[i] ?? []).join(' ');
      copies.set(key, [...(copies.get(key) ?? []), i]);
    }
  for (const indexes of copies.values()) {
    if (indexes.length < 2) continue;
    const best = indexes.reduce((a, b) => (mass(b) > mass(a) ? b : a));
    for (const i of indexes) if (i !== best) labels[i] = 0;
  }
  for (let i = 0; i < n; i++) {
    const words = texts[i] ?? [];
    if (words.length === 0 || words.length >= run) continue;
    let before = i - 1;
    while (before >= 0 && (texts[before]?.length ?? 0) < run && i - before < 8) before--;
    let after = i + 1;
    while (after < n && (texts[after]?.length ?? 0) < run && after - i < 8) after++;
    if (!sure(before) && !sure(after)) continue;
    const line = words.join(' ');
    const previous = texts[i - 1]?.at(-1);
    const next = texts[i + 1]?.[0];
    const joinsBefore = previous !== undefined && pairs.has(`${previous} ${words[0]}`);
    const joinsAfter = next !== undefined && pairs.has(`${words.at(-1)} ${next}`);
    const inner = words.length < 2 || words.slice(1).every((word, k) => pairs.has(`${words[k]} ${word}`));
    if (inner && ((lines.has(line) && sure(before) && (joinsBefore || joinsAfter)) || (joinsBefore && joinsAfter)))
      labels[i] = 1;
  }
  return labels;
}

/** Labels from snippets that must or must not be in the text: 1, 0, or -1 where nothing is said. */
export function labelBySnippets(view: View, wanted: readonly string[], unwanted: readonly string[]): Float32Array {
  const squeeze = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const labels = new Float32Array(view.blocks.length).fill(-1);
  const texts = view.blocks.map((block) => squeeze(block.text));
  const mark = (snippets: readonly string[], label: number): void => {
    for (const snippet of snippets) {
      const text = squeeze(snippet);
      if (text.length < 3) continue;
      const indexes = texts.flatMap((line, i) => (line.includes(text) ? [i] : []));
      if (label === 1 && indexes.length > 1) {
        // Of several lines the longest line is the likeliest to be the text.
        indexes.sort((a, b) => (texts[b]?.length ?? 0) - (texts[a]?.length ?? 0));
        indexes.length = 1;
      }
      for (const i of indexes) labels[i] = label;
    }
  };
  mark(wanted, 1);
  mark(unwanted, 0);
  return labels;
}
