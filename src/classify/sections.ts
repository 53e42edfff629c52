import lists from './data/sections.json' with { type: 'json' };

/** Names that news sites give their sections, by topic slug: case, accents and hyphens do not matter. */
export const sections: Readonly<Record<string, readonly string[]>> = lists.topics;
