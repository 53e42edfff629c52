import type { Classification, Label } from '../article.ts';
import { aboutLabels, mentionedLabels, tally } from './about.ts';
import { loadLanguageDetector } from './language.ts';
import { findMentions } from './mentions.ts';
import { asLabel, publisherTopics } from './publisher.ts';
import { isCountry } from './regions.ts';
import { rollUp } from './roll-up.ts';

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
  readonly source?: { readonly lang?: string | undefined; readonly country?: string | undefined } | undefined;
  /** The publisher's own section, categories and tags. */
  readonly publisherLabels?: readonly string[] | undefined;
}

/** Says language, countries, regions and topics of an article, each with the words that decided. */
export interface Classifier {
  /** Pure and synchronous; under a millisecond for an article of 3,000 characters. */
  classify(input: ClassifyInput): Classification;
}

/** Characters of the body that are read: what an article is about stands in its first pages. */
const longestText = 12_000;

/** Loads language model, gazetteer and topic weights once (about 200 ms). */
export async function loadClassifier(): Promise<Classifier> {
  const detectLanguage = await loadLanguageDetector();

  return {
    classify(input) {
      const title = input.title.normalize('NFC');
      const body = input.text.slice(0, longestText).normalize('NFC');
      const country = sourceCountry(input);
      const lang = detectLanguage(title, body, { page: input.lang, source: input.source?.lang, country });
      const layout = { text: `${title}\n${body}`, titleLength: title.length };
      const tallies = tally(findMentions(layout.text, { lang, country }), layout);
      const inCountries = new Map([...tallies].filter(([code]) => isCountry(code)));
      const inRegions = new Map([...tallies].filter(([code]) => !isCountry(code)));
      const countries = aboutLabels(inCountries, country);
      return {
        lang,
        countries,
        mentioned: mentionedLabels(inCountries),
        regions: rollUp(countries, mentionedLabels(inRegions)),
        topics: topicsOf(input),
      };
    },
  };
}

function sourceCountry({ source }: ClassifyInput): string | undefined {
  const code = source?.country?.toUpperCase();
  return code && isCountry(code) ? code : undefined;
}

/** One or two topics: an article has one, sometimes two. */
const mostTopics = 2;

function topicsOf(input: ClassifyInput): Label[] {
  return publisherTopics(input.publisherLabels ?? [], input.url)
    .slice(0, mostTopics)
    .map(asLabel);
}
