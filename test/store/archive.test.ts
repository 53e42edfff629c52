import { expect, it } from 'vitest';
import { handedOn } from '../../src/store/read/archive.ts';

it('a text that its publisher refuses to models is not exported, and the line says so', () => {
  const article = {
    id: '1',
    url: 'https://paper.example/a',
    source: 'paper',
    title: 'Ferry stops for winter',
    text: 'The ferry has stopped.',
    lang: 'en',
    published: null,
    labels: [],
    countries: [],
    regions: [],
    topics: [],
  };
  for (const rights of [null, {}, { aiTrain: false }, { aiInput: true, search: false }])
    expect(handedOn({ ...article, rights })).toEqual({ ...article, rights });
  const reserved = { ...article, rights: { aiInput: false } };
  expect(handedOn(reserved)).toEqual({ ...reserved, text: '', withheld: 'rights' });
});
