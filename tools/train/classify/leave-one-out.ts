import { type Corpus, modelFor, predictor } from './corpus.ts';
import { measure, type Score } from './measure.ts';

/** English sources left out of training one by one: the figure to believe for a source that is not yet known. AG News never trains. */
export function* leaveOneOut(corpus: Corpus): Generator<{ readonly source: string; readonly score: Score }> {
  for (const source of ['bbc', 'masakha', 'huffpost', 'agnews', 'sib']) {
    const training = corpus.allowed.filter((document) => document.source !== source);
    const tested = corpus.rows.filter((row) => row.source === source && row.lang === 'en');
    yield { source, score: measure(tested, predictor(modelFor(corpus, 'en', training))) };
  }
}
