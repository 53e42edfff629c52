import { readFileSync } from 'node:fs';
import { glob, readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { commands } from '../src/cli/commands.ts';
import { optionNames } from '../src/cli/options.ts';
import { settingNames } from '../src/domain/settings.ts';

const root = path.resolve(import.meta.dirname, '..');

describe('the operating manual', async () => {
  const texts = await Array.fromAsync(glob('docs/{operating/*,operations}.md', { cwd: root }), (file) =>
    readFile(path.join(root, file), 'utf8').then((text) => [file, text] as const),
  );

  it.each(texts)('%s names only commands, options and settings that there are', async (_, text) => {
    for (const [line, name = ''] of text.matchAll(
      /(?<=[`\s])courant (?!is\b|runs\b|needs\b)([a-z][a-z-]*)\b[^`\n|]*/g,
    )) {
      const known = Object.hasOwn(commands, name) ? await commands[name]?.() : undefined;
      expect([line, known === undefined]).toEqual([line, false]);
      const options = known ? optionNames(known.shape) : [];
      for (const [, option = ''] of line.matchAll(/ --([a-z-]+)/g)) expect(options, line).toContain(option);
    }
    for (const [line, name = ''] of text.matchAll(/^([A-Z][A-Z_]+)=\S+ .*courant/gm))
      expect(settingNames, line).toContain(name);
  });

  it('tells troubles in the words of the program', async () => {
    const files = await Array.fromAsync(glob('{src,workers}/**/*.ts', { cwd: root }));
    const code = files.map((file) => readFileSync(path.join(root, file), 'utf8')).join('\n');
    const rows = readFileSync(path.join(root, 'docs/operating/troubleshooting.md'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('| `'));
    expect(rows.length).toBeGreaterThan(12);
    for (const row of rows)
      for (const [, words = ''] of (row.split(' | ')[0] ?? '').matchAll(/`([^`]+)`/g))
        expect([words, code.includes(words)]).toEqual([words, true]);
  });
});
