import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { linesOf } from '../../src/text/lines.ts';

/** The lines of a text that comes in pieces of so many bytes. */
async function read(text: string, size = 5): Promise<string[]> {
  const bytes = Buffer.from(text);
  const pieces = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
    bytes.subarray(i * size, (i + 1) * size),
  );
  return Array.fromAsync(linesOf(Readable.from(pieces)));
}

describe('lines of a stream', () => {
  it('end at line feeds alone', async () => {
    expect(await read('{"a":"x\u2028y\u2029z\u0085"}\n\n{"b":1}\r\nlast')).toEqual([
      '{"a":"x\u2028y\u2029z\u0085"}',
      '',
      '{"b":1}\r',
      'last',
    ]);
    expect(await read('\u{feff}{"a":1}\n\u{feff}b')).toEqual(['{"a":1}', '\u{feff}b']);
    expect(await read('')).toEqual([]);
    expect(await read('one\n')).toEqual(['one']);
  });

  it('are the same wherever the stream is cut, within a character too', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(
          fc.string({ unit: 'grapheme' }).map((line) => line.replaceAll('\n', '')),
          { maxLength: 6 },
        ),
        fc.integer({ min: 1, max: 9 }),
        async (lines, size) => {
          expect(await read(lines.map((line) => `${line}\n`).join(''), size)).toEqual(lines);
        },
      ),
      { numRuns: 200 },
    ));

  it('come as soon as they are whole', async () => {
    const stream = new Readable({ read() {} });
    const lines = linesOf(stream);
    stream.push('first\nsec');
    expect((await lines.next()).value).toBe('first');
    stream.push('ond\n');
    expect((await lines.next()).value).toBe('second');
    stream.push(null);
    expect((await lines.next()).done).toBe(true);
  });
});
