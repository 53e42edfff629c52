import { UsageError } from '../app/usage-error.ts';
import type { Command } from './command.ts';
import { optionNames, parseCommand, type Shape } from './options.ts';
import { bashCompletion, type CompletionRow, fishCompletion, zshCompletion } from './shells.ts';

const scripts = { bash: bashCompletion, zsh: zshCompletion, fish: fishCompletion };
const shape = { own: {}, settings: [], words: ['bash', 'zsh', 'fish'] } as const satisfies Shape;

type Commands = Readonly<Record<string, () => Promise<Command>>>;

/** The command that completes these, and itself. */
export const completionOf = (commands: Commands): Command => ({
  summary: 'prints what lets a shell complete commands and options',
  shape,
  help: `
Usage: courant completion <bash|zsh|fish>

  bash   courant completion bash > ~/.local/share/bash-completion/completions/courant
  zsh    courant completion zsh > ~/.zfunc/_courant     (with ~/.zfunc in fpath before compinit)
  fish   courant completion fish > ~/.config/fish/completions/courant.fish`,
  async run(argv) {
    const [shell = '', ...more] = parseCommand(argv, shape).words;
    const write = Object.hasOwn(scripts, shell) ? scripts[shell as keyof typeof scripts] : undefined;
    if (!write || more.length > 0) throw new UsageError('Name one shell: courant completion <bash|zsh|fish>');
    process.stdout.write(write(await completionRows(commands)));
    return 0;
  },
});

/** What there is to complete. */
export const completionRows = (commands: Commands): Promise<CompletionRow[]> =>
  Promise.all(Object.entries(commands).map(rowOf));

async function rowOf([name, load]: [string, () => Promise<Command>]): Promise<CompletionRow> {
  const { shape: taken, summary } = await load();
  return { name, summary, words: taken.words ?? [], options: optionNames(taken) };
}
