import { expect, it } from 'vitest';
import { findMentions } from '../../src/classify/mentions.ts';

const found = (text: string, lang: string): string[] => findMentions(`News\n${text}`, { lang }).map(({ code }) => code);

it.each([
  ['en', 'The suspects shouted in Spanish, a neighbour said.'],
  ['en', 'She studied German and French before she came.'],
  ['en', 'The talks were held in Russian and in Polish.'],
  ['fr', 'Il répond en espagnol.'],
  ['es', 'La ministra habló en inglés, no en francés.'],
])('does not take a language for a country (%s): %s', (lang, text) => {
  expect(found(text, lang)).toEqual([]);
});

it.each([
  ['en', 'Anglers were fined in Spanish waters.', 'ES'],
  ['en', 'French officials spoke.', 'FR'],
  ['en', 'The prices in German shops rose.', 'DE'],
  ['fr', 'Une ville espagnole attend.', 'ES'],
])('takes a people for its country (%s): %s', (lang, text, code) => {
  expect(found(text, lang)).toEqual([code]);
});

it.each([
  ['en', "North America's mills are busy."],
  ['fr', 'Les ventes en Amérique du Nord montent.'],
  ['es', 'Las ventas en América del Norte suben.'],
])('takes no part of a continent for a country (%s): %s', (lang, text) => {
  expect(found(text, lang)).toEqual([]);
});
