import data from './data/regions.json' with { type: 'json' };

/** A group of countries: a news region such as the Balkans, or a region of the UN's M49 standard. */
export interface Region {
  /** `balkans` for a news region, the three-digit code for UN M49 (`039`). */
  readonly id: string;
  /** The word that stands for it in addresses: the id of a news region, `southern-europe` for an M49 one. */
  readonly slug: string;
  readonly name: string;
  /** ISO 3166-1 alpha-2; `XK` is Kosovo. */
  readonly countries: readonly string[];
}

/** News regions first, then UN M49 from the small to the large (sub-regions before continents; the world is left out). */
export const regions: readonly Region[] = data;

const bySlug = new Map(regions.flatMap((region) => [[region.slug, region] as const, [region.id, region] as const]));

/** The region that an address names, by slug or id, in any case. */
export const regionBySlug = (slug: string): Region | undefined => bySlug.get(slug.toLowerCase());

const names = new Map<string, Intl.DisplayNames>();

/** A country's name in a language (BCP 47, default English); undefined when the code is no ISO 3166-1 alpha-2 country. */
export function countryName(iso: string, lang = 'en'): string | undefined {
  const code = iso.toUpperCase();
  if (!known.has(code)) return undefined;
  let display = names.get(lang);
  if (!display) {
    display = new Intl.DisplayNames([lang, 'en'], { type: 'region' });
    names.set(lang, display);
  }
  return display.of(code);
}

/** Antarctica is in no region of M49 but in the news. */
const known = new Set([...regions.flatMap((region) => region.countries), 'AQ']);

/** Whether this is the code of a country that articles can be about (ISO 3166-1 alpha-2 and `XK`). */
export const isCountry = (code: string): boolean => known.has(code);
