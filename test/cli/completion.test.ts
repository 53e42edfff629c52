import { spawnSync } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { completionOf, completionRows } from '../../src/cli/completion.ts';
import { bashCompletion, fishCompletion, zshCompletion } from '../../src/cli/shells.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

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

  const scripts = { zsh: zshCompletion(rows), fish: fishCompletion(rows) };
  it.each(Object.entries(scripts))('knows the same for %s', (_shell, script) => {
    for (const { name, options } of rows) for (const word of [name, ...options]) expect(script).toContain(word);
  });

  describe.each(['zsh', 'fish'] as const)('in %s itself', (shell) => {
    const folder = temporaryFolder('shell');
    afterAll(() => rmSync(folder, { recursive: true, force: true }));
    const file = path.join(folder, shell === 'zsh' ? '_courant' : 'courant.fish');
    writeFileSync(file, scripts[shell]);
    writeFileSync(
      path.join(folder, 'setup'),
      "fpath=($PWD $fpath); autoload -Uz compinit; compinit -u -D; show() { zle complete-word; print -r -- $BUFFER > line }; zle -N show; bindkey '^X' show; print > ready\n",
    );
    const run = (...words: string[]): string => {
      const { stdout, stderr } = spawnSync(shell, words, {
        encoding: 'utf8',
        cwd: folder,
        env: { ...process.env, HOME: folder },
      });
      expect(stderr).toBe('');
      return stdout;
    };
    /** What the line has become after a press of Tab: in zsh by a terminal of its own. */
    const completed = (line: string): string => {
      if (shell === 'fish') return run('-c', `source ${file}; complete -C '${line}'`).split(/[\t\n]/, 1)[0] ?? '';
      const typed =
        'until [[ -e ready ]]; do sleep 0.05; done; zpty -w -n terminal $keys; until [[ -s line ]]; do sleep 0.05; done; cat line';
      const outer = `zmodload zsh/zpty; rm -f line ready; zpty terminal zsh -f -i; zpty -w terminal 'source ./setup'; keys='${line}'$'\\x18'; ${typed}`;
      return run('-f', '-c', outer).trim().split(' ').at(-1) ?? '';
    };
    it.skipIf(!has(shell))(
      `completes commands, words and options${has(shell) ? '' : ` (skipped: there is no ${shell} here)`}`,
      () => {
        for (const [line, expected] of [
          ['courant doc', 'doctor'],
          ['courant work inge', 'ingest'],
          ['courant crawl --onc', '--once'],
          ['courant sources add --dry', '--dry-run'],
        ] as const)
          expect(completed(line), line).toBe(expected);
      },
    );
  });

  it('refuses other shells', async () => {
    await expect(completionOf(commands).run(['tcsh'])).rejects.toThrow('bash|zsh|fish');
  });
});
