import type { Classification, Label, StoryVoice } from '../domain/article.ts';
import { aboutLabels, mentionedLabels, tally } from './about.ts';
import { combineTopics } from './combine.ts';
import { customRule } from './custom-classifier.ts';
import type { CustomRegion, CustomTopic } from './custom-label-schema.ts';
import shippedWeights from './data/topics.json' with { type: 'json' };
import { loadLanguageDetector } from './language.ts';
import { listingsIn } from './listings.ts';
import { type Mention, placesAmong } from './mention.ts';
import { findMentions } from './mentions.ts';
import { poolLabels } from './pool.ts';
import { publisherTopics } from './publisher.ts';
import { isCountry, regions } from './regions.ts';
import { rollUp } from './roll-up.ts';
import { type TopicWeights, textTopics, topicModel } from './topic-model.ts';

/** What is known of an article when it is classified. */
export interface ClassifyInput {
  readonly title: string;
  /** Plain text of the body, one block a line. */
  readonly text: string;
  /** The language that the page declares, BCP 47. */
  readonly lang?: string | undefined;
  readonly url?: string | undefined;
  /** ISO 8601; tells which head of state was in office. */
  readonly published?: string | undefined;
  /** What the operator says of the source. */
  readonly source?:
    | {
        readonly lang?: string | undefined;
        readonly country?: string | undefined;
        /** How far this publisher's own labels are believed, 0 (not at all) … 1 (default). */
        readonly labelWeight?: number | undefined;
      }
    | undefined;
  /** There is no article behind the title, as with a ticker; `text` is then what the list says of it. By default: `text` is empty. */
  readonly headlineOnly?: boolean | undefined;
  /** The publisher's own section, categories and tags. */
  readonly publisherLabels?: readonly string[] | undefined;
}

/** Says language, countries, regions and topics of an article, each with the words that decided. */
export interface Classifier {
  /** Pure and synchronous; under a millisecond for an article of 3,000 characters. */
  classify(input: ClassifyInput): Classification;
  /** An article's labels with those of its story where it is silent: see `poolLabels`. */
  pool(own: StoryVoice, voices: readonly StoryVoice[]): Classification;
}

/** Characters of the body that are read: what an article is about stands in its first pages. */
const longestText = 12_000;

/** What an operator adds to the classifier. */
export interface ClassifierOptions {
  readonly topics?: readonly CustomTopic[] | undefined;
  /** One with the id of a news region replaces it. */
  readonly regions?: readonly CustomRegion[] | undefined;
  /** Weights that `npm run train:from-archive` made; they replace the shipped ones language by language. */
  readonly weights?: TopicWeights | undefined;
}

/** Loads language model, gazetteer and topic weights once (about 200 ms). */
export async function loadClassifier(options: ClassifierOptions = {}): Promise<Classifier> {
  const detectLanguage = await loadLanguageDetector();
  const rules = (options.topics ?? []).map(customRule);
  const shipped = topicModel(shippedWeights);
  const own = options.weights && topicModel(options.weights);
  const ownRegions = options.regions ?? [];
  const allRegions = [...ownRegions, ...regions.filter(({ id }) => !ownRegions.some((own) => own.id === id))];

  const topicsOf = (
    input: ClassifyInput,
    title: string,
    body: string,
    lang: string,
    places: readonly Mention[],
  ): Label[] =>
    combineTopics(
      rules.flatMap((rule) => rule(title, body)),
      publisherTopics(input.publisherLabels ?? [], input.url),
      textTopics((own ?? shipped)(title, body, lang, places) ?? shipped(title, body, lang, places)),
      input.source?.labelWeight ?? 1,
    );

  return {
    pool: (own, voices) => poolLabels(own, voices, allRegions),
    classify(input) {
      const title = input.title.normalize('NFC');
      const body = input.text.slice(0, longestText).normalize('NFC');
      const country = sourceCountry(input);
      const lang = detectLanguage(title, body, { page: input.lang, source: input.source?.lang, country });
      const layout = { text: `${title}\n${body}`, titleLength: title.length };
      const mentions = findMentions(layout.text, { lang, country, year: yearOf(input.published) });
      const tallies = tally(
        mentions.filter(({ kind }) => kind !== 'hint'),
        layout,
      );
      const hints = tally([...mentions.filter(({ kind }) => kind === 'hint'), ...listingsIn(layout.text)], layout);
      const inCountries = new Map([...tallies].filter(([code]) => isCountry(code)));
      const inRegions = new Map([...tallies].filter(([code]) => !isCountry(code)));
      const headlineOnly = input.headlineOnly ?? body.trim() === '';
      const countries = aboutLabels(inCountries, hints, { lang, country, headlineOnly });
      return {
        lang,
        countries,
        mentioned: mentionedLabels(inCountries),
        regions: rollUp(countries, mentionedLabels(inRegions), allRegions),
        topics: topicsOf(input, title, body, lang, placesAmong(mentions, lang)),
      };
    },
  };
}

function yearOf(published: string | undefined): number | undefined {
  const year = Number(published?.slice(0, 4));
  return Number.isInteger(year) && year > 1900 ? year : undefined;
}

function sourceCountry({ source }: ClassifyInput): string | undefined {
  const code = source?.country?.toUpperCase();
  return code && isCountry(code) ? code : undefined;
}
