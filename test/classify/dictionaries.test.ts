import { rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assertDictionaries, readDictionaries } from '../../tools/train/classify/dictionaries.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

describe('dictionaries that topics are learnt by', () => {
  let folder = '';
  beforeAll(() => {
    folder = temporaryFolder('dictionaries');
    const write = (pair: string, entries: readonly string[], head = 'FreeDict+WikDict dictionary ver. 1') =>
      writeFileSync(join(folder, `freedict-${pair}.dict.dz`), gzipSync([head, '', ...entries].join('\n')));
    write('pol-eng', [
      'strajk /strajk/ <n>',
      'strike',
      'niedozwolone',
      'wybór /x/ <n>',
      'choice, election 2.',
      'akt',
      'Kraków /x/ <pn>',
      'Cracow',
    ]);
    write('eng-bul', ['strike /x/ <n>', 'ста́чка', 'stopping work']);
    write('pol-tur', ['strajk /x/ <n>', 'grev', 'wybór <n>', 'seçim, genel seçim']);
    write('fra-pol', ['grève <n>', 'strajk']);
    write('fra-tur', ['grève <n>', 'grev']);
    write('tur-eng', ['grev <n>', 'crane'], 'Turkish-English FreeDict Dictionary');
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it('give a word its English by way of the languages that both know, more for what more of them say', () => {
    const found = readDictionaries(folder);
    const english = (lang: string, word: string) => Object.fromEntries(found.get(lang)?.get(word) ?? []);
    // Itself, and by way of Turkish.
    expect(english('pl', 'wybór')).toEqual({ choice: 1.5, election: 1.5 });
    expect(english('bg', 'стачка')).toEqual({ strike: 2 });
    expect(english('tr', 'seçim')).toEqual({ choice: 0.5, election: 0.5 });
    // By Polish and by French, which knows it by Polish.
    expect(english('tr', 'grev')).toEqual({ strike: 2 });
    expect(english('tr', 'genel seçim')).toEqual({});
    expect(english('pl', 'kraków')).toEqual({});
  });

  it('of other makers, under other licences, are passed over', () => {
    expect(Object.keys(Object.fromEntries(readDictionaries(folder).get('tr')?.get('grev') ?? []))).not.toContain(
      'crane',
    );
  });

  it('are asked for where they are missing', () => {
    expect(() => assertDictionaries(tmpdir())).toThrow(/dict-freedict/);
    expect(() => assertDictionaries(folder)).not.toThrow();
  });
});
