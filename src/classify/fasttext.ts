/*
 * Predicts with a quantised fastText model (.ftz, hierarchical softmax), as the C++ library does (Joulin et al. 2016,
 * https://github.com/facebookresearch/fastText: dictionary.cc, quantmatrix.cc, productquantizer.cc, loss.cc). The same in WebAssembly
 * takes 20 MB more and three times as long, most of it to carry strings across.
 */

/** A label with its probability. */
export type Prediction = readonly [label: string, probability: number];

/** Labels of a text, likeliest first; words are parted by single spaces. */
export type Predict = (text: string, most: number) => Prediction[];

/** Reads the numbers of a model file in their order. */
class Reader {
  readonly #bytes: Uint8Array;
  readonly #view: DataView;
  #at = 0;
  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }
  byte(): number {
    return this.#view.getUint8(this.#at++);
  }
  int(): number {
    this.#at += 4;
    return this.#view.getInt32(this.#at - 4, true);
  }
  long(): number {
    this.#at += 8;
    return Number(this.#view.getBigInt64(this.#at - 8, true));
  }
  skip(bytes: number): void {
    this.#at += bytes;
  }
  string(): string {
    const end = this.#bytes.indexOf(0, this.#at);
    const text = decoder.decode(this.#bytes.subarray(this.#at, end));
    this.#at = end + 1;
    return text;
  }
  bytes(length: number): Uint8Array {
    this.#at += length;
    return this.#bytes.subarray(this.#at - length, this.#at);
  }
  floats(length: number): Float32Array {
    // A copy begins at a multiple of four; the file is little-endian, as are the machines that Node runs on.
    return new Float32Array(new Uint8Array(this.bytes(length * 4)).buffer);
  }
}

const decoder = new TextDecoder();
const encoder = new TextEncoder();
const magic = 793_712_314;
const hierarchicalSoftmax = 1;
/** Values of one byte. */
const centroidsEach = 256;

/** A product quantiser: vectors as codes for their parts. */
interface Quantiser {
  readonly parts: number;
  readonly width: number;
  readonly centroids: Float32Array;
}

function readQuantiser(reader: Reader): Quantiser {
  const dimensions = reader.int();
  const parts = reader.int();
  const width = reader.int();
  const last = reader.int();
  if (last !== width) throw new Error('a fastText model whose last part has another width is not supported');
  return { parts, width, centroids: reader.floats(dimensions * centroidsEach) };
}

/** Reads a model. @throws Error when it is of another kind */
export function readFastText(file: Uint8Array): Predict {
  const reader = new Reader(file);
  if (reader.int() !== magic) throw new Error('not a fastText model');
  reader.skip(4);
  const dimensions = reader.int();
  reader.skip(5 * 4);
  const loss = reader.int();
  reader.skip(4);
  const buckets = reader.int();
  const shortest = reader.int();
  const longest = reader.int();
  reader.skip(4 + 8);

  const entries = reader.int();
  const wordCount = reader.int();
  const labelCount = reader.int();
  reader.skip(8);
  const pruned = reader.long();
  const words = new Map<string, number>();
  const labels: string[] = [];
  const labelCounts: number[] = [];
  for (let entry = 0; entry < entries; entry++) {
    const text = reader.string();
    const count = reader.long();
    if (reader.byte() === 0) words.set(text, entry);
    else {
      labels.push(text.replace('__label__', ''));
      labelCounts.push(count);
    }
  }
  const kept = new BucketTable(pruned);
  for (let i = 0; i < pruned; i++) {
    const bucket = reader.int();
    kept.set(bucket, reader.int() + wordCount);
  }

  if (reader.byte() !== 1 || loss !== hierarchicalSoftmax || labels.length !== labelCount || pruned <= 0)
    throw new Error('only quantised fastText models with hierarchical softmax are supported');
  const hasNorms = reader.byte() === 1;
  const rows = reader.long();
  reader.skip(8);
  const codes = reader.bytes(reader.int());
  const quantiser = readQuantiser(reader);
  const normCodes = hasNorms ? reader.bytes(rows) : undefined;
  const norms = hasNorms ? readQuantiser(reader).centroids : undefined;
  if (reader.byte() !== 0) throw new Error('fastText models with a quantised output are not supported');
  const outputRows = reader.long();
  const outputWidth = reader.long();
  const output = reader.floats(outputRows * outputWidth);
  const tree = huffman(labelCounts);

  const hidden = new Float32Array(dimensions);
  const { parts, width, centroids } = quantiser;
  const addRow = (row: number): void => {
    const norm = normCodes && norms ? (norms[normCodes[row] as number] as number) : 1;
    for (let part = 0; part < parts; part++) {
      const from = (part * centroidsEach + (codes[row * parts + part] as number)) * width;
      for (let d = 0; d < width; d++) {
        const to = part * width + d;
        hidden[to] = (hidden[to] as number) + norm * (centroids[from + d] as number);
      }
    }
  };

  /** Rows of the word and its runs of letters. */
  const readRows = (word: string): Int32Array => {
    const found: number[] = [];
    const known = words.get(word);
    if (known !== undefined) {
      found.push(known);
      if (word === endOfLine) return Int32Array.from(found);
    }
    const { written } = encoder.encodeInto(`<${word}>`, bytes);
    for (let start = 0; start < written; start++) {
      if (isContinuation(bytes[start] as number)) continue;
      let hash = hashStart;
      for (let at = start, letters = 1; at < written && letters <= longest; letters++) {
        do hash = Math.imul(hash ^ (((bytes[at++] as number) << 24) >> 24), hashFactor);
        while (at < written && isContinuation(bytes[at] as number));
        if (letters < shortest || (letters === 1 && (start === 0 || at === written))) continue;
        const row = kept.get((hash >>> 0) % buckets);
        if (row >= 0) found.push(row);
      }
    }
    return Int32Array.from(found);
  };

  /** Words come again and again. */
  const rowsOf = new Map<string, Int32Array>();
  const addWord = (word: string): number => {
    let rows = rowsOf.get(word);
    if (!rows) {
      rows = readRows(word);
      if (rowsOf.size >= wordsRemembered) rowsOf.clear();
      rowsOf.set(word, rows);
    }
    for (const row of rows) addRow(row);
    return rows.length;
  };

  return (text, most) => {
    hidden.fill(0);
    let count = 0;
    for (const word of text.split(' ')) if (word && word.length < longestWord) count += addWord(word);
    count += words.has(endOfLine) ? addWord(endOfLine) : 0;
    if (count === 0) return [];
    for (let d = 0; d < dimensions; d++) hidden[d] = (hidden[d] as number) / count;

    const found: [string, number][] = [];
    const descend = (node: number, probability: number): void => {
      if (probability < leastProbability) return;
      if (node < labelCount) {
        found.push([labels[node] as string, probability]);
        return;
      }
      let sum = 0;
      for (let d = 0, at = (node - labelCount) * outputWidth; d < outputWidth; d++)
        sum += (output[at + d] as number) * (hidden[d] as number);
      const right = 1 / (1 + Math.exp(-sum));
      descend(tree.left[node] as number, probability * (1 - right));
      descend(tree.right[node] as number, probability * right);
    };
    descend(2 * labelCount - 2, 1);
    return found.sort((a, b) => b[1] - a[1]).slice(0, most);
  };
}

const endOfLine = '</s>';
const leastProbability = 0.001;
const wordsRemembered = 10_000;
/** A 'word' longer than this is no word. */
const longestWord = 200;
const bytes = new Uint8Array((longestWord + 2) * 3);
const hashStart = 2_166_136_261 | 0;
const hashFactor = 16_777_619;
const isContinuation = (byte: number): boolean => (byte & 0xc0) === 0x80;

/** Bucket of a run of letters → row; open addressing in two arrays. */
class BucketTable {
  readonly #keys: Int32Array;
  readonly #rows: Int32Array;
  readonly #mask: number;
  constructor(size: number) {
    const slots = 2 ** Math.ceil(Math.log2(Math.max(size, 1) * 2));
    this.#keys = new Int32Array(slots).fill(-1);
    this.#rows = new Int32Array(slots);
    this.#mask = slots - 1;
  }
  #slot(bucket: number): number {
    let slot = Math.imul(bucket, 0x9e3779b1) & this.#mask;
    while (this.#keys[slot] !== -1 && this.#keys[slot] !== bucket) slot = (slot + 1) & this.#mask;
    return slot;
  }
  set(bucket: number, row: number): void {
    const slot = this.#slot(bucket);
    this.#keys[slot] = bucket;
    this.#rows[slot] = row;
  }
  /** −1 where the bucket was pruned. */
  get(bucket: number): number {
    const slot = this.#slot(bucket);
    return this.#keys[slot] === -1 ? -1 : (this.#rows[slot] as number);
  }
}

/** The tree over the labels, rarest deepest; nodes below `counts.length` are labels. */
function huffman(counts: readonly number[]): { readonly left: Int32Array; readonly right: Int32Array } {
  const size = counts.length;
  const total = new Float64Array(2 * size - 1).fill(1e15);
  total.set(counts);
  const left = new Int32Array(2 * size - 1);
  const right = new Int32Array(2 * size - 1);
  let leaf = size - 1;
  let node = size;
  const rarest = (): number => (leaf >= 0 && (total[leaf] as number) < (total[node] as number) ? leaf-- : node++);
  for (let i = size; i < 2 * size - 1; i++) {
    left[i] = rarest();
    right[i] = rarest();
    total[i] = (total[left[i] as number] as number) + (total[right[i] as number] as number);
  }
  return { left, right };
}
