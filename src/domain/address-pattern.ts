import { RE2JS } from 're2js';

const compiled = new Map<string, RE2JS>();
/** More than any catalogue has; what a catalogue no longer names goes with the rest. */
const mostKept = 10_000;

/**
 * The operator's pattern of addresses, a regular expression of RE2: it takes linear time whatever a stranger's address is, so it knows
 * no lookaround (`(?!…)`) and no back reference (`\1`). Parts are matched: anchor with `^` and `$`.
 * @throws Error saying what RE2 does not take
 */
export function addressPattern(text: string): RE2JS {
  const known = compiled.get(text);
  if (known) return known;
  const pattern = RE2JS.compile(text);
  if (compiled.size >= mostKept) compiled.clear();
  compiled.set(text, pattern);
  return pattern;
}

/** Whether the address holds what the pattern says. */
export const matchesPattern = (text: string, url: string): boolean => addressPattern(text).matcher(url).find();
