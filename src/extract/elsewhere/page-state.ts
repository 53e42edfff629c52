import { decodeHTML } from 'entities';
import { stringsIn } from './script-strings.ts';

/** JSON values that the scripts of a page hold: what it was rendered from. Nothing is run, and what cannot be read is passed over. */
export function pageState(html: string): unknown[] {
  const values: unknown[] = [];
  const flight: string[] = [];
  let read = 0;
  for (const { attributes, text } of scriptsOf(html)) {
    const isFlight = text.includes('__next_f');
    if ((text.length < limits.least && !isFlight) || /ld\+json|importmap|speculationrules/i.test(attributes)) continue;
    read += text.length;
    if (read > limits.all) break;
    if (isFlight) flight.push(...pushed(text));
    else if (/type\s*=\s*["']?text\/(?!javascript|ecmascript|babel)/i.test(attributes)) add(values, text);
    else {
      const whole = parse(fromEntities(text.trim()));
      // What is no string as a whole is a program, even if it begins with a bracket.
      if (typeof whole === 'object') values.push(whole);
      else assigned(text, values);
    }
  }
  if (flight.length > 0) values.push(...flightRows(flight.join('')));
  for (const value of keptInMarkup(html)) if (values.length < limits.values * 4) values.push(value);
  return values;
}

/** Where the value of an attribute may begin that holds JSON; names are read backwards from here, since few of them have such a value. */
const quotedList = /=["'](?=[{[])/g;
const nameBefore = /\s[\w:@.-]{1,60}$/;
const heldValue =
  /"([{[](?:&quot;|&#34;)[^"]{300,}|[{[]\{&quot;[^"]{300,}|[{[]\d[^"]{300,})"|'([{[]["{[\d][^']{300,})'/y;

/** Attributes that hold JSON, from which a component is drawn, and what templates and hidden fields keep for a script. */
function* keptInMarkup(html: string): Generator<unknown> {
  for (let at = 0; ; ) {
    quotedList.lastIndex = at;
    const found = quotedList.exec(html);
    if (!found) break;
    at = found.index + 1;
    if (!nameBefore.test(html.slice(Math.max(0, found.index - 61), found.index))) continue;
    heldValue.lastIndex = at;
    const [held, quoted, single] = heldValue.exec(html) ?? [];
    if (held === undefined) continue;
    at += held.length;
    const value = parse(decodeHTML(quoted ?? single ?? ''));
    if (value !== undefined) yield value;
  }
  for (const name of ['template', 'textarea'])
    for (let at = html.indexOf(`<${name}`); at !== -1; ) {
      const start = html.indexOf('>', at);
      const end = start === -1 ? -1 : html.indexOf(`</${name}`, start);
      if (end === -1) break;
      const text = html.slice(start + 1, end);
      if (text.length > limits.least) yield name === 'textarea' ? decodeHTML(text) : text;
      at = html.indexOf(`<${name}`, end);
    }
}

/** Angular writes the signs of its state as entities of its own. */
const own: Readonly<Record<string, string>> = { q: '"', l: '<', g: '>', a: '&', s: "'" };
const fromEntities = (text: string): string =>
  /^[{[]&q;/.test(text) ? text.replace(/&([qlgas]);/g, (_, sign: string) => own[sign] ?? '') : text;

const limits = {
  /** Characters of a script that may hold a text at all, and of all that are read. */
  least: 300,
  all: 4_000_000,
  /** Values read from one script. */
  values: 40,
} as const;

const add = (values: unknown[], value: unknown): void => {
  if (value !== undefined) values.push(value);
};

function* scriptsOf(html: string): Generator<{ attributes: string; text: string }> {
  for (let at = html.indexOf('<script'); at !== -1; at = html.indexOf('<script', at + 7)) {
    const start = html.indexOf('>', at);
    const end = start === -1 ? -1 : html.indexOf('</script', start);
    if (end === -1) return;
    yield { attributes: html.slice(at + 7, Math.min(start, at + 600)), text: html.slice(start + 1, end) };
    at = end;
  }
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    try {
      return JSON.parse(json.replace(/([:[,]\s*)undefined\b/g, '$1null'));
    } catch {
      return undefined;
    }
  }
}

/**
 * What is assigned or handed to a function as JSON: `window.__STATE__ = {…}`, `JSON.parse("…")`, `hydrate({…})`; and the long strings of what
 * is no JSON: `render({ body: '…' })`, `document.write("…")`.
 */
function assigned(script: string, values: unknown[]): void {
  let unread = '';
  let from = 0;
  let failed = 0;
  for (const [, literal = ''] of script.matchAll(/JSON\.parse\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')/g)) {
    const text = unquoted(literal);
    if (text !== undefined && values.length < limits.values) add(values, parse(text));
  }
  for (let at = 0; at < script.length && values.length < limits.values; ) {
    const found = /[=(,]\s*(?=[{[]\s*["[{])/g;
    found.lastIndex = at;
    const match = found.exec(script);
    if (!match) break;
    const start = match.index + match[0].length;
    const end = closing(script, start);
    const value = end - start > limits.least ? parse(script.slice(start, end)) : undefined;
    if (value !== undefined) {
      values.push(value);
      unread += script.slice(from, start);
      from = end;
    }
    at = value === undefined ? start + 1 : end;
    // What is no JSON is looked through for JSON inside it, but not again and again.
    if (value === undefined && ++failed > limits.values) break;
  }
  for (const text of stringsIn(unread + script.slice(from), limits.least))
    if (values.length < limits.values * 2) values.push(text);
}

function unquoted(literal: string): string | undefined {
  const inner = literal.slice(1, -1);
  const value = parse(`"${literal.startsWith("'") ? inner.replace(/\\'/g, "'").replace(/(?<!\\)"/g, '\\"') : inner}"`);
  return typeof value === 'string' ? value : undefined;
}

/** One past the bracket that closes the one at `start`, strings passed over. */
function closing(script: string, start: number): number {
  let depth = 0;
  for (let at = start; at < script.length; at++) {
    const code = script.charCodeAt(at);
    if (code === 0x22) {
      for (at++; at < script.length && script.charCodeAt(at) !== 0x22; at++) if (script.charCodeAt(at) === 0x5c) at++;
    } else if (code === 0x7b || code === 0x5b) depth++;
    else if ((code === 0x7d || code === 0x5d) && --depth === 0) return at + 1;
  }
  return script.length;
}

/** The strings that Next.js pushes for React's flight format. */
const pushed = (script: string): string[] =>
  [...script.matchAll(/__next_f\.push\(\s*\[\s*\d+\s*,\s*("(?:[^"\\]|\\.)*")/g)].flatMap(([, literal = '']) => {
    const text = parse(literal);
    return typeof text === 'string' ? [text] : [];
  });

/** The rows of React's flight format: `id:json` up to a line's end, and `id:T` with a length in bytes for long texts. All rows are one list. */
function flightRows(text: string): unknown[] {
  const rows: unknown[] = [];
  const bytes = new TextEncoder();
  for (let at = 0; at < text.length; ) {
    const head = /([\da-f]*):(?:T([\da-f]+),)?/y;
    head.lastIndex = at;
    const match = head.exec(text);
    if (!match) {
      const next = text.indexOf('\n', at);
      at = next === -1 ? text.length : next + 1;
      continue;
    }
    const start = at + match[0].length;
    if (match[2] !== undefined) {
      let left = Number.parseInt(match[2], 16);
      let end = start;
      while (end < text.length && left > 0) {
        const character = String.fromCodePoint(text.codePointAt(end) ?? 0);
        left -= character.length === 1 && character < '\u0080' ? 1 : bytes.encode(character).length;
        end += character.length;
      }
      rows.push(text.slice(start, end));
      at = end;
    } else {
      const line = text.indexOf('\n', start);
      const end = line === -1 ? text.length : line;
      add(rows, parse(text.slice(start, end).replace(/^[A-Z](?=[[{"])/, '')));
      at = end + 1;
    }
  }
  return [rows];
}
