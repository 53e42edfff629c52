import type { StoryMark } from '../dedupe/story-mark.ts';

const headBytes = 16;
const nameBytes = 12;

/** What a story remembers of its articles' headlines, as a row of bytes: of each its head, then four lists, all numbers big-endian. */
export const packMarks = (marks: readonly StoryMark[]): Buffer => Buffer.concat(marks.map(packMark));

function packMark({ at, source, headline, lead, names, stems }: StoryMark): Buffer {
  const lists = [headline, lead, stems];
  const numbers = lists.reduce((sum, list) => sum + list.length, 0);
  const packed = Buffer.alloc(headBytes + numbers * 4 + names.length * nameBytes);
  packed.writeDoubleBE(at === undefined ? Number.NaN : Date.parse(at), 0);
  packed.writeInt32BE(source, 8);
  for (const [index, list] of [...lists, names].entries()) packed.writeUInt8(list.length, 12 + index);
  let place = headBytes;
  for (const list of lists) for (const number of list) place = packed.writeInt32BE(number, place);
  for (const { term, stem, weight } of names) {
    place = packed.writeInt32BE(stem, packed.writeInt32BE(term, place));
    place = packed.writeFloatBE(weight, place);
  }
  return packed;
}

export function unpackMarks(packed: Buffer): StoryMark[] {
  const marks: StoryMark[] = [];
  let place = 0;
  const list = (length: number): Int32Array => {
    const numbers = new Int32Array(length);
    for (let index = 0; index < length; index++, place += 4) numbers[index] = packed.readInt32BE(place);
    return numbers;
  };
  while (place < packed.length) {
    const time = packed.readDoubleBE(place);
    const source = packed.readInt32BE(place + 8);
    const [ofHeadline = 0, ofLead = 0, ofStems = 0, ofNames = 0] = packed.subarray(place + 12, place + headBytes);
    place += headBytes;
    const [headline, lead, stems] = [list(ofHeadline), list(ofLead), list(ofStems)];
    const names = Array.from({ length: ofNames }, (_, index) => {
      const at = place + index * nameBytes;
      return { term: packed.readInt32BE(at), stem: packed.readInt32BE(at + 4), weight: packed.readFloatBE(at + 8) };
    });
    place += ofNames * nameBytes;
    marks.push({
      at: Number.isNaN(time) ? undefined : new Date(time).toISOString(),
      source,
      headline,
      lead,
      names,
      stems,
    });
  }
  return marks;
}
