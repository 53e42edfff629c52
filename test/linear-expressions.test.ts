import { execFileSync } from 'node:child_process';
import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { checkSync } from 'recheck';
import { describe, expect, it } from 'vitest';

/** Everything but the example press: a stranger's text reaches each room, much of it in the main thread. */
const files = globSync('{src,feeds,workers}/**/*.ts', { exclude: (name) => /(?:^|\/)src\/demo$/.test(name) });

const inThread = 'runs in a parsing thread alone, which is ended after ten seconds';
const ofAddress = 'sees one address, of 8,000 characters at most';
const ofLine = 'sees one short line: a headline, a label, a date';
const ofByline = 'sees 600 characters of a byline at most';
const ofTitle = 'sees 1,000 characters of a title at most';
const ofOperator = 'sees what the operator or we ourselves wrote';
/** Expressions that are not linear, by file and how they begin, and why they do no harm. The list only shrinks. */
const bounded: Readonly<Record<string, string>> = {
  'src/crawl/listings/headline.ts <a\\b[^<>]*>[^<>]{0,40}': 'sees 20,000 characters at most, of one list entry',
  'src/crawl/listings/next-page.ts (?<=[?&;](?:[\\w-]*page': 'sees one address, of 1,000 characters at most',
  'feeds/read/repair/namespaces.ts [/#]+$': inThread,
  'feeds/read/repair/prepare.ts <!DOCTYPE[^[>]*': inThread,
  'feeds/read/repair/prepare.ts <!ENTITY\\s+': inThread,
  'feeds/read/texts.ts ^\\S+@\\S+\\s*': inThread,
  'feeds/read/texts.ts \\s*[<(]?\\S+@': inThread,
  'src/text/canonical-url.ts ^https?:\\/\\/(?:www\\.)?google': ofAddress,
  'src/text/canonical-url.ts ^https?:\\/\\/[^/]+\\.cdn': ofAddress,
  'src/text/canonical-url.ts \\/+$': ofAddress,
  'src/text/canonical-url.ts [^/%\\-_]{2,}(?:': ofAddress,
  'src/text/charset.ts <\\?xml[^>]{0,200}?': inThread,
  'src/text/charset.ts <meta\\b[^>]{0,500}?': inThread,
  'src/text/charset.ts ^["\'\\s]+|["\'\\s]+$': ofLine,
  'src/text/excerpt.ts [.!?。！？।؟…]["': ofLine,
  'src/text/excerpt.ts [\\s,;:–—-]+$': ofLine,
  'src/text/dates/read-date.ts ^\\s*\\(?(?:(?:utc': ofLine,
  'src/extract/metadata/byline.ts \\.[a-z.]+$': ofAddress,
  'src/extract/metadata/summary.ts \\.[a-z.]+$': ofAddress,
  'src/extract/metadata/title.ts \\.[a-z.]+$': ofAddress,
  'src/extract/elsewhere/elsewhere.ts [?#].*$': ofAddress,
  'src/extract/metadata/names.ts \\s+(?:in|aus|from': ofByline,
  'src/extract/metadata/names.ts \\s+(?:for|für': ofByline,
  'src/extract/metadata/name-words.ts (?:^|[\\s,–-])(?:': ofByline,
  'src/extract/metadata/name-words.ts (?:[\\s,]+(?:': ofByline,
  'src/extract/metadata/names.ts <[^>]*>': ofByline,
  'src/extract/metadata/names.ts ,\\s+in': ofByline,
  'src/extract/metadata/names.ts [\\s,.:;*-]+$': ofByline,
  'src/extract/metadata/names.ts [.,]+$': ofByline,
  'src/extract/metadata/names.ts \\s*(?:[|•·–—→›»]|': ofByline,
  'src/extract/metadata/names.ts \\s*(?:[;|\\n/、，；｜／]|': ofByline,
  'src/extract/metadata/shown-title.ts \\s+[|–—·•»«›>:/\\\\-]{1,2}\\s+|': ofTitle,
  'src/extract/metadata/title.ts \\s*[|–—·•»«:/\\\\│-]+\\s*$': ofTitle,
  'src/extract/decide/verdict-claims.ts \\s*[|–]|\\s-\\s': ofTitle,
  'src/discovery/discover.ts \\s+[|»›·–—-]\\s+': ofTitle,
  'src/web/services.ts \\/+$': ofOperator,
  'src/web/routes/operator.ts <link href="https:[^>]*>': ofOperator,
  'src/publish/targets.ts \\/+$': ofOperator,
};

/** Files that build one when they are called, of what is not known before; no template can be judged instead. */
const builtLater: Readonly<Record<string, string>> = {
  'src/classify/custom-classifier.ts': ofOperator,
  'src/extract/boilerplate/calls.ts': 'joins the words of our lists by language: plain words, without repetition',
  'src/extract/boilerplate/related.ts': 'begins with ^ and the words of a list of ours',
};

interface Expression {
  readonly file: string;
  readonly source: string;
  readonly flags: string;
}

/** What `new RegExp(…)` makes of our lists while the modules load, each with the file and line that does. */
function built(): (Expression & { readonly line: number })[] {
  const script = path.join(import.meta.dirname, 'support/built-expressions.ts');
  const text = execFileSync(process.execPath, [script, ...files], { encoding: 'utf8', maxBuffer: 1e8 });
  return JSON.parse(text.slice(text.lastIndexOf('\n[') + 1));
}

/** `new RegExp(` of a source file that was not seen to build anything: its template, with a name for what is put in. */
function templates(
  file: string,
  seen: ReadonlySet<number>,
): { readonly source: string | undefined; readonly flags: string }[] {
  return readFileSync(file, 'utf8')
    .split('\n')
    .flatMap((line, index) => {
      if (!line.includes('new RegExp(') || seen.has(index + 1)) return [];
      const [, text, flags = ''] = /new RegExp\(`([^`]*)`(?:, '([a-z]*)')?\)/.exec(line) ?? [];
      return [{ source: text?.replaceAll(/\$\{[^}]*\}/g, 'name').replaceAll('\\\\', '\\'), flags }];
    });
}

const pumpedLength = 16_000;
/** What is quadratic takes a second for such a text, and what is linear a millisecond, so a busy machine does not matter. */
const pumpedMs = 150;

/**
 * Whether an expression of many words takes long for a short piece repeated: recheck cannot judge such a one in any time. The pieces are
 * blanks, signs and words of its own, alone and in pairs.
 */
function takesLong({ source, flags }: Expression): boolean {
  const expression = new RegExp(source, flags.includes('g') ? flags : `${flags}g`);
  const words = [...new Set(source.match(/\p{L}{2,}/gu))].filter((_, index) => index % 9 === 0).slice(0, 20);
  const signs = [' ', '\t', '\n', 'a', '1', ...new Set(source.match(/[.,:;|/"'()<>@=&-]/g))];
  const pieces = [
    ...signs,
    ...signs.map((sign) => `${sign} `),
    ...words.flatMap((word) => [word, ` ${word}`, `${word}. `]),
  ];
  return pieces.some((piece) => {
    const text = `x${piece.repeat(pumpedLength / piece.length)}\u0001`;
    const took = () => {
      const before = performance.now();
      text.replace(expression, '');
      return performance.now() - before;
    };
    return took() > pumpedMs && took() > pumpedMs;
  });
}

/** The regular expressions of a source file: what stands between slashes where a value may begin. */
function literals(text: string): { readonly source: string; readonly flags: string }[] {
  const found: { source: string; flags: string }[] = [];
  const value = /(?:^|[(,=:[!&|?{};+>]|\breturn|\bcase)\s*$/;
  /** Open braces in each `${` that is not closed yet. */
  const braces: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    const inTemplate = braces.length - 1;
    if (char === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const [end, length] = text[at + 1] === '/' ? [text.indexOf('\n', at), 0] : [text.indexOf('*/', at), 1];
      at = end < 0 ? text.length : end + length;
    } else if (char === "'" || char === '"') {
      for (at++; at < text.length && text[at] !== char && text[at] !== '\n'; at++) if (text[at] === '\\') at++;
    } else if (char === '`' || (char === '}' && braces[inTemplate] === 0)) {
      if (char === '}') braces.pop();
      for (at++; at < text.length && text[at] !== '`' && !text.startsWith('${', at); at++) if (text[at] === '\\') at++;
      if (text[at] === '$') {
        braces.push(0);
        at++;
      }
    } else if ((char === '{' || char === '}') && inTemplate >= 0) {
      braces[inTemplate] = (braces[inTemplate] ?? 0) + (char === '{' ? 1 : -1);
    } else if (char === '/' && value.test(text.slice(Math.max(0, at - 40), at))) {
      let end = at + 1;
      for (let inClass = false; end < text.length && (inClass || text[end] !== '/'); end++) {
        if (text[end] === '\\') end++;
        else if (text[end] === '[') inClass = true;
        else if (text[end] === ']') inClass = false;
      }
      const flags = /^[a-z]*/.exec(text.slice(end + 1))?.[0] ?? '';
      found.push({ source: text.slice(at + 1, end), flags });
      at = end + flags.length;
    }
  }
  return found;
}

describe('every regular expression that sees a stranger’s text', () => {
  const made = built();
  const later = files.flatMap((file) => {
    const seen = new Set(made.filter((one) => one.file === file).map(({ line }) => line));
    return templates(file, seen).map((one) => ({ ...one, file }));
  });
  const all: Expression[] = [
    ...files.flatMap((file) => literals(readFileSync(file, 'utf8')).map((one) => ({ ...one, file }))),
    ...later.flatMap(({ file, source, flags }) => (source === undefined ? [] : [{ file, source, flags }])),
  ];
  const why = ({ file, source }: { file: string; source: string }): string | undefined =>
    Object.keys(bounded).find((start) => `${file} ${source}`.startsWith(start));

  it('is found', () => {
    expect(all.length).toBeGreaterThan(600);
    expect(literals(`const a = b / c; // /x/\nf('/y/', /[/]z\\/+$/g)`)).toEqual([{ source: '[/]z\\/+$', flags: 'g' }]);
    const nested = ['f(`/x/$', '{g({ a: /y/ })}/z/`, /w/)'].join('');
    expect(literals(nested).map(({ source }) => source)).toEqual(['y', 'w']);
    expect(checkSync('^(a+)+$', '').status).toBe('vulnerable');
  });

  it('is built of our lists, or stands in the file', () => {
    expect(made.length).toBeGreaterThan(80);
    const unknown = later.filter(({ file, source }) => source === undefined && builtLater[file] === undefined);
    expect(unknown.map(({ file }) => file)).toEqual([]);
    for (const file of Object.keys(builtLater))
      expect(
        later.some((one) => one.file === file),
        file,
      ).toBe(true);
  });

  it('takes linear time where it is built of our lists, or sees little', () => {
    const file = 'x.ts';
    expect(takesLong({ file, source: '(?:[\\s,]+(?:dr|phd)\\.?)+$', flags: 'u' })).toBe(true);
    expect(takesLong({ file, source: '(?:phd|dr)\\.?$', flags: 'u' })).toBe(false);
    const long = made.filter((one) => why(one) === undefined && takesLong(one));
    expect(long.map((one) => `${one.file}:${one.line}`)).toEqual([]);
  }, 60_000);

  it('takes linear time, or sees little', () => {
    const judged = new Map(all.filter((one) => why(one) === undefined).map((one) => [one.source + one.flags, one]));
    // What cannot be judged in this time is not failed: the check must stay cheap.
    const vulnerable = [...judged.values()].filter(
      ({ source, flags }) => checkSync(source, flags, { timeout: 150 }).status === 'vulnerable',
    );
    expect(vulnerable.map(({ file, source, flags }) => `${file}: /${source}/${flags}`)).toEqual([]);
    const stale = Object.keys(bounded).filter((start) => ![...all, ...made].some((one) => why(one) === start));
    expect(stale).toEqual([]);
  }, 60_000);
});
