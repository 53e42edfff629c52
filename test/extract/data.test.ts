import { readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { rules } from '../../src/extract/boilerplate/boilerplate.ts';
import { anyOf, type PatternFile } from '../../src/extract/boilerplate/patterns.ts';
import { beginsWith, type Concept, phrasesOf } from '../../src/extract/boilerplate/vocabulary.ts';
import { featureNames } from '../../src/extract/features/features.ts';
import { fold } from '../../src/text/words.ts';

const room = 'src/extract';
const files = await Array.fromAsync(glob(`${room}/data/boilerplate/*.json`));
const read = (file: string) => JSON.parse(readFileSync(file, 'utf8'));
const conceptOf = (file: string): Concept =>
  path.basename(file, '.json').replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) as Concept;

/** The first of alternatives, letters that may be missing kept: what a pattern says in its plainest form. */
const plainest = (pattern: string): string => {
  let text = pattern;
  for (let before = ''; before !== text; ) {
    before = text;
    text = text.replace(/\(\?:([^()|]*)(?:\|[^()]*)?\)\??/g, '$1').replace(/\[(.)[^\]]*\]/g, '$1');
  }
  return text
    .replace(/\\b|\^|\$/g, '')
    .replace(/\\\(c\\\)/g, '(c)')
    .replace(/\\s\??/g, ' ')
    .replace(/\\\//g, '/')
    .replace(/(.)\?/g, '$1');
};

describe('the words of boilerplate', () => {
  it('say what they are and where they come from, by language', () => {
    for (const file of files) {
      const { concept, source, phrases, patterns } = read(file);
      expect(
        [concept, source].every((line) => typeof line === 'string' && line.length > 10),
        file,
      ).toBe(true);
      for (const [language, list] of Object.entries<string[]>(phrases ?? patterns)) {
        expect(language, file).toMatch(/^(?:[a-z]{2}|any)$/);
        expect(new Set(list).size, `${file} ${language} says something twice`).toBe(list.length);
      }
    }
  });

  it('are there in every language that the reader knows, or the file says why not', () => {
    const { phrases } = read(`${room}/data/boilerplate/lead-in.json`);
    const known = Object.keys(phrases);
    expect(known.length).toBeGreaterThan(38);
    for (const file of files) {
      const { phrases, patterns, without } = read(file);
      const own = phrases ?? patterns;
      const missing = known.filter((language) => !(language in own));
      if (without) expect(without.why.length, file).toBeGreaterThan(20);
      const excused =
        without?.languages === 'all others' ? missing : (without?.languages ?? '').split(' ').filter(Boolean);
      expect(excused.toSorted(), file).toEqual(missing.toSorted());
      // Serbian is written in both scripts; Croatian, Bosnian and Montenegrin share its Latin one.
      if (own.sr && !own.hr)
        expect(
          own.sr.some((line: string) => /[a-z]{3}/.test(line)),
          file,
        ).toBe(true);
    }
  });

  it.each(files.filter((file) => read(file).phrases))('are found at the beginning of a line: %s', (file) => {
    for (const phrase of phrasesOf(conceptOf(file)))
      expect(beginsWith(conceptOf(file), fold(phrase)), phrase).toBe(fold(phrase).length);
  });

  it.each(files.filter((file) => read(file).patterns))('match themselves: %s', (file) => {
    const data: PatternFile = read(file);
    const any = new RegExp(anyOf(data), 'iu');
    for (const pattern of Object.values(data.patterns).flatMap((list) => list ?? []))
      if (!/\\d|\\w|\\p/.test(pattern)) expect(plainest(pattern), pattern).toMatch(any);
  });
});

describe('the room', () => {
  it('has a manifest for every file of weights', async () => {
    const weights = await Array.fromAsync(glob(`${room}/**/*.weights.json`));
    const { files: known } = read(`${room}/data/manifest.json`);
    expect(Object.keys(known).sort()).toEqual(weights.map((file) => path.relative(room, file)).sort());
    for (const entry of Object.values<Record<string, string>>(known))
      expect(Object.keys(entry)).toEqual(['what', 'corpus', 'licence', 'date', 'command', 'score']);
  });

  it('names every feature and every rule once', () => {
    expect(new Set(featureNames).size).toBe(featureNames.length);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
    expect(rules.length).toBeLessThanOrEqual(32);
  });
});
