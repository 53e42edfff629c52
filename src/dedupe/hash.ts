/** 32-bit hash of a word: FNV-1a over UTF-16 units, then the finaliser of MurmurHash3 so that every bit depends on every unit. */
export function hashWord(word: string): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < word.length; index++) hash = Math.imul(hash ^ word.charCodeAt(index), 0x01000193);
  return mix(hash);
}

/** Spreads the bits of an int32 over all 32 (MurmurHash3 `fmix32`). */
export function mix(value: number): number {
  let hash = value;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return hash ^ (hash >>> 16);
}

/** Hashes of all runs of `size` neighbours, in order of the text; one hash of the whole where it is shorter than a run. */
export function shingleHashes(words: ArrayLike<number>, size: number): Int32Array {
  if (words.length === 0) return new Int32Array(0);
  const count = Math.max(1, words.length - size + 1);
  const hashes = new Int32Array(count);
  for (let start = 0; start < count; start++) {
    let hash = 0x9747b28c;
    const end = Math.min(words.length, start + size);
    for (let index = start; index < end; index++)
      hash = Math.imul((hash << 5) ^ (hash >>> 27) ^ (words[index] ?? 0), 0x01000193);
    hashes[start] = mix(hash);
  }
  return hashes;
}
