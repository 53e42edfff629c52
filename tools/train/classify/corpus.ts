import { join } from 'node:path';
import { readDictionaries, type Translations } from './dictionaries.ts';
import { assertMayTrain, type Document, readDefinitions, readLexicons, readRows } from './documents.ts';
import manifest from './manifest.json' with { type: 'json' };
import type { Predict } from './measure.ts';
import { seeded } from './random.ts';
import { example, logits, probabilities, type Settings, type Trained, train } from './softmax.ts';
import { toldBy } from './translated.ts';
import { readVectors, type Vectors } from './vectors.ts';
import { vocabularyOfTexts, vocabularyOfVectors } from './vocabulary.ts';

/** Settings found by leaving sources out (BBC, MasakhaNEWS, HuffPost) and by AG News, which never trains. */
const withVectors: Settings = {
  epochs: 12,
  rate: 0.01,
  prior: 3,
  own: 10,
  ownDecay: 1e-4,
  sets: { lexicon: 4, sib: 1, iptc: 0.5 },
};
const withoutVectors: Settings = { epochs: 20, rate: 0.02, prior: 3, own: 10, ownDecay: 1e-4, sets: { lexicon: 1 } };
/** Weight of 'nothing is known', the same for all languages. */
export const { prior } = withVectors;
const vectorCount = 60_000;
const handfuls = 150;

/** The labelled texts and the word vectors that topics are learnt from. */
export interface Corpus {
  /** All labelled texts, also those that are for measuring only. */
  readonly rows: readonly Document[];
  /** Those that may train, our word lists and IPTC's definitions. */
  readonly allowed: readonly Document[];
  readonly mayTrain: ReadonlySet<string>;
  readonly vectors: Vectors;
  /** Language → what its words mean in English. */
  readonly dictionaries: ReadonlyMap<string, Translations>;
  /** English models by the sets that they have seen, so that each is trained once. */
  readonly english: Map<string, Trained>;
}

/** @throws Error for a set that the manifest does not list */
export function readCorpus(folder: string, vectorFile: string, dictionaryFolder?: string): Corpus {
  const mayTrain = new Set(manifest.sets.filter(({ permission }) => permission === 'train').map(({ id }) => id));
  const rows = readRows(join(folder, 'dev.jsonl.gz'));
  for (const { source } of rows) if (!manifest.sets.some(({ id }) => id === source)) assertMayTrain([source]);
  const lists = readLexicons(new URL('./lexicon/', import.meta.url), seeded(7), handfuls);
  const definitions = readDefinitions(join(folder, 'iptc.json'));
  const allowed = [...rows.filter(({ source }) => mayTrain.has(source)), ...lists, ...definitions];
  assertMayTrain(new Set(allowed.map(({ source }) => source)));
  const dictionaries = dictionaryFolder ? readDictionaries(dictionaryFolder) : new Map();
  return { rows, allowed, mayTrain, vectors: readVectors(vectorFile, vectorCount), dictionaries, english: new Map() };
}

/**
 * A model of one language: with word vectors in English; in others from the texts, beginning with what the English model of the
 * same documents says of their words' translations, where there is a dictionary.
 */
export function modelFor(corpus: Corpus, lang: string, documents: readonly Document[]): Trained {
  const own = documents.filter((document) => document.lang === lang);
  if (lang === 'en') return englishFrom(corpus, own);
  const translations = corpus.dictionaries.get(lang);
  const told = translations && toldBy(translations, modelFor(corpus, 'en', documents), lang);
  return train(own, vocabularyOfTexts(lang, own, told), withoutVectors);
}

function englishFrom({ vectors, english }: Corpus, documents: readonly Document[]): Trained {
  const key = [...new Set(documents.map(({ source }) => source))].sort().join();
  const model = english.get(key) ?? train(documents, vocabularyOfVectors('en', vectors), withVectors);
  english.set(key, model);
  return model;
}

export const predictor =
  (model: Trained): Predict =>
  (document) => {
    const item = example(document, model.vocabulary, model.settings.prior);
    return item.rows.length ? [...probabilities(logits(item, model))] : undefined;
  };
