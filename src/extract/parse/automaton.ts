/** The letters that the alternatives of a pattern begin with; two at least. */
export function startsOf(source: string): string[] {
  return alternativesOf(source).flatMap((alternative) => {
    const rest = alternative.replace('(?:^|[-_ ])', '');
    if (rest.startsWith('(?:')) {
      const end = closingOf(rest);
      if (!/[?*{]/.test(rest[end + 1] ?? '')) return startsOf(rest.slice(3, end));
    }
    const start = /^[a-z\d_ü-]+(?![?*{])/.exec(rest)?.[0] ?? '';
    if (start.length < 2) throw new Error(`The pattern ${alternative} must begin with two letters of its own.`);
    return start;
  });
}

function alternativesOf(source: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let from = 0;
  for (let i = 0; i < source.length; i++) {
    if (source[i] === '(') depth++;
    else if (source[i] === ')') depth--;
    else if (source[i] === '|' && depth === 0) {
      found.push(source.slice(from, i));
      from = i + 1;
    }
  }
  return [...found, source.slice(from)];
}

function closingOf(group: string): number {
  let depth = 0;
  for (let i = 0; i < group.length; i++) {
    if (group[i] === '(') depth++;
    else if (group[i] === ')' && --depth === 0) return i;
  }
  return group.length;
}

const symbols = 40;
const symbolOf = new Uint8Array(128);
for (const [i, character] of [...' abcdefghijklmnopqrstuvwxyz0123456789-_'].entries())
  symbolOf[character.charCodeAt(0)] = i + 1;

/** An automaton (Aho and Corasick, 1975) that finds all beginnings in one pass: the next state by state and symbol, and the patterns of a state. */
interface Automaton {
  readonly next: Uint16Array;
  readonly found: Int32Array;
}

/** Which of the starts stand in a text, as the bits that go with them, in one pass. */
export function finderOf(starts: readonly (readonly [number, string])[]): (text: string) => number {
  const { next, found } = automatonOf(starts);
  return (text) => {
    let bits = 0;
    let state = 0;
    for (let i = 0; i < text.length; i++) {
      state = next[state * symbols + (symbolOf[text.charCodeAt(i)] ?? 0)] as number;
      bits |= found[state] as number;
    }
    return bits;
  };
}

function automatonOf(starts: readonly (readonly [number, string])[]): Automaton {
  const states = 1 + starts.reduce((sum, [, start]) => sum + start.length, 0);
  const next = new Uint16Array(states * symbols);
  const found = new Int32Array(states);
  let last = 0;
  for (const [bit, start] of starts) {
    let state = 0;
    for (let i = 0; i < start.length; i++) {
      const at = state * symbols + (symbolOf[start.charCodeAt(i)] ?? 0);
      state = next[at] ||= ++last;
    }
    found[state] = (found[state] ?? 0) | bit;
  }
  // Breadth first: what a state has no way for, the longest end of it that is a state has.
  const fallback = new Uint16Array(states);
  const queue = [0];
  for (const state of queue)
    for (let symbol = 0; symbol < symbols; symbol++) {
      const at = state * symbols + symbol;
      const to = next[at] ?? 0;
      const other = state === 0 ? 0 : (next[(fallback[state] ?? 0) * symbols + symbol] ?? 0);
      if (to === 0) next[at] = other;
      else {
        fallback[to] = other;
        found[to] = (found[to] ?? 0) | (found[other] ?? 0);
        queue.push(to);
      }
    }
  return { next: next.slice(0, (last + 1) * symbols), found: found.slice(0, last + 1) };
}
