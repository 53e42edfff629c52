/** Long string literals of a script: what a program writes into the page, or hands to what does. Nothing is run. */
export function* stringsIn(script: string, least: number): Generator<string> {
  for (let at = 0; at < script.length; at++) {
    const quote = script[at];
    if (quote !== '"' && quote !== "'" && quote !== '`') continue;
    const end = endOf(script, at, quote);
    if (end === -1) continue;
    if (end - at > least) yield unescaped(script.slice(at + 1, end));
    at = end;
  }
}

/** Where the literal that begins at `start` ends; -1 when it does not, as for an apostrophe in a comment. */
function endOf(script: string, start: number, quote: string): number {
  for (let at = start + 1; at < script.length; at++) {
    const sign = script[at];
    if (sign === '\\') at++;
    else if (sign === quote) return at;
    else if (sign === '\n' && quote !== '`') return -1;
  }
  return -1;
}

const named: Readonly<Record<string, string>> = { n: '\n', r: '', t: ' ', b: '', f: '', v: ' ', '\n': '' };

/** A literal's text: escapes of JavaScript, then those of an address when it is written as one. */
function unescaped(literal: string): string {
  const text = literal.replace(
    /\\(?:u\{([\da-f]{1,6})\}|u([\da-f]{4})|x([\da-f]{2})|([\s\S]))/gi,
    (_, point, unit, byte, sign) =>
      sign !== undefined ? (named[sign] ?? sign) : characterAt(Number.parseInt(point ?? unit ?? byte, 16)),
  );
  return /^%[57]B/i.test(text) ? fromAddress(text) : text;
}

const characterAt = (code: number): string => (code <= 0x10ffff ? String.fromCodePoint(code) : '');

function fromAddress(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
