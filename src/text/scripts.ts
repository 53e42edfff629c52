/** Scripts that write no spaces between words, by their Unicode names. Korean has spaces. */
export const unspacedScripts = ['Han', 'Hiragana', 'Katakana', 'Thai', 'Lao', 'Khmer', 'Myanmar'] as const;

/** Languages that are written in them (ISO 639-1). */
export const unspacedLanguages: ReadonlySet<string> = new Set(['zh', 'ja', 'th', 'km', 'lo', 'my']);

/**
 * Letters, marks and digits of these scripts. By script extensions: the sound mark `ー` belongs to Hiragana and Katakana, and
 * to neither alone.
 */
const unspaced = new RegExp(
  `^[[${unspacedScripts.map((script) => `\\p{scx=${script}}`).join('')}]&&[\\p{L}\\p{M}\\p{N}]]`,
  'v',
);
/** For each UTF-16 unit whether it is one of them: 0 not yet asked, 1 no, 2 yes. */
const known = new Uint8Array(65_536);

/** Whether a UTF-16 unit is a character of a script without spaces. */
export function isUnspaced(unit: number): boolean {
  if (unit < 0x0e00) return false;
  if (known[unit] === 0) known[unit] = unspaced.test(String.fromCharCode(unit)) ? 2 : 1;
  return known[unit] === 2;
}
