import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';

const root = path.resolve(import.meta.dirname, '../..');

export interface Running extends AsyncDisposable {
  readonly child: ChildProcess;
  /** Everything that it wrote so far. */
  readonly output: { stdout: string; stderr: string };
  /** Waits until stderr or stdout matches; fails when the process ends before. */
  until(pattern: RegExp): Promise<RegExpMatchArray>;
  /** Asks it to stop as Ctrl-C does; resolves to exit code and seconds it took. */
  stop(signal?: NodeJS.Signals): Promise<{ code: number | null; seconds: number }>;
}

/** Starts `courant …` as a real process. Settings of this process's environment do not reach it, only those given. */
export function startCourant(words: readonly string[], env: Readonly<Record<string, string>> = {}): Running {
  const child = spawn(process.execPath, ['src/cli.ts', ...words], {
    cwd: root,
    env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const output = { stdout: '', stderr: '' };
  const waiting = new Set<() => void>();
  const heard = () => {
    for (const check of waiting) check();
  };
  child.stdout.on('data', (chunk: Buffer) => {
    output.stdout += chunk;
    heard();
  });
  child.stderr.on('data', (chunk: Buffer) => {
    output.stderr += chunk;
    heard();
  });
  const exited = once(child, 'close');
  exited.then(heard, () => undefined);
  const stop = async (signal: NodeJS.Signals = 'SIGINT') => {
    const started = performance.now();
    if (child.exitCode === null && child.signalCode === null) child.kill(signal);
    await exited;
    return { code: child.exitCode, seconds: (performance.now() - started) / 1000 };
  };
  return {
    child,
    output,
    until: (pattern) =>
      new Promise((resolve, reject) => {
        const check = () => {
          const match = output.stderr.match(pattern) ?? output.stdout.match(pattern);
          const ended = child.exitCode !== null || child.signalCode !== null;
          if (!match && !ended) return;
          waiting.delete(check);
          if (match) resolve(match);
          else
            reject(new Error(`courant ${words.join(' ')} ended before ${pattern}:\n${output.stderr}${output.stdout}`));
        };
        waiting.add(check);
        check();
      }),
    stop,
    async [Symbol.asyncDispose]() {
      await stop('SIGKILL');
    },
  };
}

/** Runs `courant …` to its end. */
export async function runCourant(
  words: readonly string[],
  options: { env?: Readonly<Record<string, string>>; input?: string } = {},
): Promise<{ code: number | null; stdout: string; stderr: string }> {
  const running = startCourant(words, options.env);
  running.child.stdin?.end(options.input ?? '');
  await once(running.child, 'close');
  return { code: running.child.exitCode, ...running.output };
}
