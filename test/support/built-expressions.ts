/**
 * `node test/support/built-expressions.ts FILE…` loads the files and prints, as the last line, `[{ file, line, source, flags }]` of every
 * regular expression that they built from data meanwhile. A process of its own: the constructor is replaced for all modules.
 */
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');
const found: { file: string; line: number; source: string; flags: string }[] = [];

function note(made: RegExp): RegExp {
  const [, , caller = ''] = (new Error().stack ?? '').split('\n').slice(1);
  const [, file, line] = /file:\/\/(.+):(\d+):\d+/.exec(caller) ?? [];
  const own = file && path.relative(root, decodeURIComponent(file));
  if (own && !own.startsWith('..') && !own.includes('node_modules'))
    found.push({ file: own, line: Number(line), source: made.source, flags: made.flags });
  return made;
}
globalThis.RegExp = new Proxy(RegExp, {
  construct: (target, words, newTarget) => note(Reflect.construct(target, words, newTarget)),
  apply: (target, self, words) => note(Reflect.apply(target, self, words)),
});
// What runs as soon as it is loaded builds nothing: the command line, a thread of the wire, and the script of the reader's pages.
const runs = /^src\/(?:cli|app\/role-thread|web\/assets\/.*)\.ts$/;
for (const file of process.argv.slice(2)) if (!runs.test(file)) await import(path.join(root, file));
process.stdout.write(`\n${JSON.stringify(found)}`, () => process.exit(0));
