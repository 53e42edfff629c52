import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { completionOf, completionRows } from '../../src/cli/completion.ts';
import { bashCompletion, fishCompletion, zshCompletion } from '../../src/cli/shells.ts';

const has = (shell: string): boolean => spawnSync(shell, ['--version']).status === 0;

describe('courant completion', async () => {
  const rows = await completionRows(commands);
  const bash = bashCompletion(rows);
  /** What bash offers for the last of these words. */
  const offered = (...words: string[]): string[] => {
    const script = `${bash}\nCOMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')}); COMP_CWORD=${words.length - 1}; _courant; printf '%s\\n' "\${COMPREPLY[@]}"`;
    return spawnSync('bash', ['--norc', '-c', script], { encoding: 'utf8' }).stdout.split('\n').filter(Boolean);
  };

  it('knows every command, its words and its options', () => {
    expect(offered('courant', '')).toEqual(Object.keys(commands));
    expect(offered('courant', 'do')).toEqual(['doctor']);
    expect(offered('courant', 'work', 'in')).toEqual(['ingest']);
    expect(offered('courant', 'crawl', '--o')).toEqual(['--once']);
    expect(offered('courant', 'sources', 'add', '--d')).toEqual(['--dry-run']);
    expect(offered('courant', 'extract', 'pa')).toEqual([]);
  });

  it.each([
    ['zsh', zshCompletion(rows)],
    ['fish', fishCompletion(rows)],
  ])('writes for %s what that shell can read', (shell, script) => {
    for (const { name, options } of rows) for (const word of [name, ...options]) expect(script).toContain(word);
    if (has(shell)) expect(spawnSync(shell, ['-n'], { input: script, encoding: 'utf8' }).stderr).toBe('');
  });

  it('refuses other shells', async () => {
    await expect(completionOf(commands).run(['tcsh'])).rejects.toThrow('bash|zsh|fish');
  });
});
