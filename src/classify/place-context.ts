import lists from './data/place-context.json' with { type: 'json' };

/** All words of a list, whatever the language. */
const wordsIn = (byLanguage: Readonly<Record<string, string>>): ReadonlySet<string> =>
  new Set(Object.values(byLanguage).flatMap((words) => words.split(' ')));

/** Words before a place, in the languages in Latin letters whose towns are looked up. */
export const wordsBeforePlaces = wordsIn(lists.before);
/** Words after a place. */
export const wordsAfterPlaces = wordsIn(lists.after);
/** Words of local news among those that hint at a country. */
export const localWords = wordsIn(lists.local);
/** Capitalised words before a place that do not make it a person's name. */
export const notPersonBefore = wordsIn(lists.notPerson);
/** Legal forms that end the name of a company. */
export const companyForms = wordsIn(lists.companyForms);
/** Words after the name of a company, which need not be where its name is. */
export const companyWords = wordsIn(lists.companyWords);
/** The currency of the whole world's trade tells little of the country: 'U.S. dollars', 'US-Dollar'. */
export const dollars = wordsIn(lists.dollars);
/** Towns that open a headline as something else: a company, or a word that the development texts of 66 languages write in lower case. */
export const opensOtherwise = wordsIn(lists.opensOtherwise);
/** Countries whose towns are called like people everywhere: 'Davenport hits out', 'Jimenez victorious'. */
export const peoplesTowns: ReadonlySet<string> = new Set(lists.peoplesTowns.all.split(' '));
/** Given names that are cities or countries too, when a capitalised word follows. */
export const givenNames = wordsIn(lists.givenNames);

const byLanguage = (lists: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map(Object.entries(lists).map(([lang, words]) => [lang, new Set(words.split(' '))]));

/** What ends the name of a street, by language: 'Berlin Road', 'Pariser Straße'. */
export const streetsAfter = byLanguage(lists.streetsAfter);
/** What begins it: 'rue de Rome'. */
export const streetsBefore = byLanguage(lists.streetsBefore);
/** What may stand between the street and the name. */
export const streetLinks = wordsIn(lists.streetLinks);
/** What stands before the name of a language, by language: 'in Spanish', 'auf Deutsch'. */
export const languageBefore = byLanguage(lists.languageBefore);
/** What may follow it: 'in Spanish and French', but not 'in Spanish waters'. */
export const languageAfter = byLanguage(lists.languageAfter);
