import type { Name } from './gazetteer.ts';
import type { Passage } from './mention.ts';
import { localWords } from './place-context.ts';

/** The source's own country weighs as much as one mention of it when two namesakes are told apart. */
export const sourceSupport = 2;
/** A country's name speaks for its towns as two of its towns would, and a hint ('county') as half of one. */
const supportOf = { country: 2, place: 1, hint: 0.5 };

/** What speaks for each country beside a name that is looked at. */
export interface Support {
  /** Country → weight, 0 where nothing speaks for it. */
  of(code: string): number;
  /** Countries of which more than the name is told: a state, a county. */
  readonly local: ReadonlySet<string>;
  /** Countries of which a smaller town is named: news of elsewhere names the large ones. */
  readonly towns: ReadonlySet<string>;
}

/** Adds up what the names that mean one country only, and the source, say for each country. */
export function supportIn({ words, finds, context }: Passage): Support {
  const weights = new Map<string, number>();
  const local = new Set<string>();
  const towns = new Set<string>();
  const add = (codes: string, weight: number) => {
    for (const code of codes.split('+')) weights.set(code, (weights.get(code) ?? 0) + weight);
  };
  if (context.country) add(context.country, sourceSupport);
  for (const { readings, first } of finds) {
    const best = readings[0] as Name;
    // 'Washington' is a state too, but mostly the government.
    const isArea = best.kind === 'area' && !readings.some(({ kind }) => kind === 'city');
    if (isArea || localWords.has(words[first]?.key ?? '')) local.add(best.code);
    if (readings.every(({ code, kind, rank }) => code === best.code && kind === 'city' && rank > 0))
      towns.add(best.code);
    if (best.kind === 'hint') add(best.code, supportOf.hint);
    else if (readings.every(({ code }) => code === best.code) && best.kind !== 'abbreviation' && best.rank < 2)
      add(best.code, best.kind === 'name' ? supportOf.country : supportOf.place);
  }
  return { of: (code) => weights.get(code) ?? 0, local, towns };
}
