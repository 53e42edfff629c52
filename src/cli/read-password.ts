import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { UsageError } from '../app/usage-error.ts';

const shortest = 8;

/**
 * A password: asked for twice on a terminal, which does not show it, otherwise the first line of standard input.
 * @throws UsageError when it is too short or was not typed twice alike
 */
export async function readPassword(): Promise<string> {
  const password = process.stdin.isTTY ? await askTwice() : ((await text(process.stdin)).split(/\r?\n/, 1)[0] ?? '');
  if (password.length < shortest)
    throw new UsageError(`the password has ${password.length} characters; take ${shortest} or more`);
  return password;
}

async function askTwice(): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const lines = createInterface({ input: process.stdin, output: nowhere, terminal: true });
  lines.on('SIGINT', () => process.exit(130));
  const ask = async (question: string): Promise<string> => {
    process.stderr.write(question);
    const answer = await lines.question('');
    process.stderr.write('\n');
    return answer;
  };
  try {
    const first = await ask('Password: ');
    if ((await ask('Once more: ')) !== first) throw new UsageError('the two passwords differ; nothing was changed');
    return first;
  } finally {
    lines.close();
  }
}
