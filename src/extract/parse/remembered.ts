/** Characters of names that are remembered, each name counted with what it costs besides: some 4 MB. */
const limits = { characters: 3_000_000, perName: 60 } as const;

/**
 * A function of names that stand in the markup, which remembers what it found: one page repeats the same names hundreds of times, and the
 * pages of a source thousands of times. When the memory is full, all is forgotten.
 */
export function remembered<Found>(find: (names: string) => Found): (names: string) => Found {
  const known = new Map<string, Found>();
  let characters = 0;
  return (names) => {
    const before = known.get(names);
    if (before !== undefined) return before;
    const own = ofItsOwn(names);
    const found = find(own);
    const cost = own.length + limits.perName;
    if (characters + cost > limits.characters) {
      known.clear();
      characters = 0;
    }
    characters += cost;
    known.set(own, found);
    return found;
  };
}

/** A piece that was cut out of a page keeps all of the page in memory; this is a copy. */
const ofItsOwn = (text: string): string => JSON.parse(JSON.stringify(text)) as string;
