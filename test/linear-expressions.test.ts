import { globSync, readFileSync } from 'node:fs';
import { checkSync } from 'recheck';
import { describe, expect, it } from 'vitest';

/** Rooms whose expressions see a stranger's text, much of it in the main thread. */
const rooms = ['src/crawl', 'feeds/read', 'src/text'];

const inThread = 'runs in a parsing thread alone, which is ended after ten seconds';
const ofAddress = 'sees one address, of 8,000 characters at most';
const ofLine = 'sees one short line: a headline, a label, a date';
/** Expressions that are not linear, by how they begin, and why they do no harm. The list only shrinks. */
const bounded: Readonly<Record<string, string>> = {
  '<a\\b[^<>]*>[^<>]{0,40}': 'sees 20,000 characters at most, of one list entry',
  '(?<=[?&;](?:[\\w-]*page': 'sees one address, of 1,000 characters at most',
  '[/#]+$': inThread,
  '<!DOCTYPE[^[>]*': inThread,
  '<!ENTITY\\s+': inThread,
  '^\\S+@\\S+\\s*': inThread,
  '\\s*[<(]?\\S+@': inThread,
  '^https?:\\/\\/(?:www\\.)?google': ofAddress,
  '^https?:\\/\\/[^/]+\\.cdn': ofAddress,
  '\\.+$': ofAddress,
  '\\/+$': ofAddress,
  '[^/%\\-_]{2,}(?:': ofAddress,
  '<\\?xml[^>]{0,200}?': inThread,
  '<meta\\b[^>]{0,500}?': inThread,
  '^["\'\\s]+|["\'\\s]+$': ofLine,
  '[.!?。！？।؟…]["': ofLine,
  '[\\s,;:–—-]+$': ofLine,
  '^\\s*\\(?(?:(?:utc': ofLine,
};

/** The regular expressions of a source file: what stands between slashes where a value may begin. */
function literals(text: string): { readonly source: string; readonly flags: string }[] {
  const found: { source: string; flags: string }[] = [];
  const value = /(?:^|[(,=:[!&|?{};+>]|\breturn|\bcase)\s*$/;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      const [end, length] = text[at + 1] === '/' ? [text.indexOf('\n', at), 0] : [text.indexOf('*/', at), 1];
      at = end < 0 ? text.length : end + length;
    } else if (char === "'" || char === '"') {
      for (at++; at < text.length && text[at] !== char && text[at] !== '\n'; at++) if (text[at] === '\\') at++;
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
  const all = new Map(
    rooms.flatMap((room) =>
      globSync(`${room}/**/*.ts`).flatMap((file) =>
        literals(readFileSync(file, 'utf8')).map((one) => [`/${one.source}/${one.flags}`, { ...one, file }] as const),
      ),
    ),
  );

  it('is found', () => {
    expect(all.size).toBeGreaterThan(150);
    expect(literals(`const a = b / c; // /x/\nf('/y/', /[/]z\\/+$/g)`)).toEqual([{ source: '[/]z\\/+$', flags: 'g' }]);
    expect(checkSync('^(a+)+$', '').status).toBe('vulnerable');
  });

  it('takes linear time, or sees little', () => {
    const vulnerable = [...all.values()].flatMap(({ source, flags, file }) => {
      // What cannot be judged in this time is not failed: the check must stay cheap.
      if (checkSync(source, flags, { timeout: 400 }).status !== 'vulnerable') return [];
      const isBounded = Object.keys(bounded).some((start) => source.startsWith(start));
      return isBounded ? [] : [`${file}: /${source}/${flags}`];
    });
    expect(vulnerable).toEqual([]);
    const sources = [...all.values()].map(({ source }) => source);
    const stale = Object.keys(bounded).filter((start) => !sources.some((source) => source.startsWith(start)));
    expect(stale).toEqual([]);
  });
});
