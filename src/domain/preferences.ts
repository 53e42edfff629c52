/** How a reader wants the pages. */
export interface Preferences {
  readonly size: 'small' | 'normal' | 'large' | 'largest';
  readonly view: 'list' | 'compact' | 'cards';
  readonly pictures: boolean;
  /** Languages (ISO 639) that lists are held to; all when empty. */
  readonly langs: readonly string[];
}

export const textSizes = ['small', 'normal', 'large', 'largest'] as const satisfies readonly Preferences['size'][];
export const views = ['list', 'compact', 'cards'] as const satisfies readonly Preferences['view'][];
export const defaultPreferences: Preferences = { size: 'normal', view: 'list', pictures: true, langs: [] };

const mostLangs = 20;
const oneOf = <Word extends string>(words: readonly Word[], value: unknown): Word | undefined =>
  words.find((word) => word === value);

/** Preferences as they were stored, by this version or another; what cannot be read is as the others say. */
export function readPreferences(stored: unknown, others = defaultPreferences): Preferences {
  const given: Readonly<Record<string, unknown>> = typeof stored === 'object' && stored !== null ? { ...stored } : {};
  const { langs, pictures } = given;
  return {
    size: oneOf(textSizes, given.size) ?? others.size,
    view: oneOf(views, given.view) ?? others.view,
    pictures: typeof pictures === 'boolean' ? pictures : others.pictures,
    langs: Array.isArray(langs)
      ? [...new Set(langs.filter((lang) => typeof lang === 'string' && /^[a-z]{2,3}$/.test(lang)))].slice(0, mostLangs)
      : others.langs,
  };
}
