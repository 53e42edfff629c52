import type { StoryTerms } from '../dedupe/story-terms.ts';

const bytesOfTerm = 8;

/**
 * Terms as a row of bytes: of each the hash (`int4send`) and the weight (`float4send`). As two arrays they were as large again on their
 * way, and printing and reading the numbers took longer than finding the rows.
 */
export function packTerms(terms: StoryTerms): Buffer {
  const packed = Buffer.allocUnsafe(terms.size * bytesOfTerm);
  let at = 0;
  for (const [term, weight] of terms) {
    packed.writeInt32BE(term, at);
    packed.writeFloatBE(weight, at + 4);
    at += bytesOfTerm;
  }
  return packed;
}

export function unpackTerms(packed: Buffer): StoryTerms {
  const terms = new Map<number, number>();
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength);
  for (let at = 0; at < packed.length; at += bytesOfTerm) terms.set(view.getInt32(at), view.getFloat32(at + 4));
  return terms;
}
