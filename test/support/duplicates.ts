import { type ChildProcess, fork } from 'node:child_process';
import type { Outcome } from '../../src/domain/article.ts';
import type { IngestInput } from '../../src/ingest/ports.ts';
import { openStore } from '../../src/store/db.ts';
import { registerLinks } from '../../src/store/links.ts';
import { canonicalUrl } from '../../src/text/canonical-url.ts';
import { ingestInput } from '../dedupe/input.ts';
import { edited, writing } from '../dedupe/writing.ts';

const makings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => edited(text, 30),
  (text) => `${text.slice(0, text.length / 4)}… For subscribers only.`,
];

/** Pairs of one article at two outlets: the same words, with edits, and with a stub for its second. */
export const duplicatePairs = (count: number): [IngestInput, IngestInput][] =>
  Array.from({ length: count }, (_, pair) => {
    const text = writing(`pair ${pair}`, 140);
    const told = makings[pair % makings.length]?.(text) ?? text;
    const at = (outlet: string, words: string) =>
      ingestInput({
        urlKey: canonicalUrl(`https://${outlet}.example/story-${pair}`),
        ...{ source: outlet, title: `Story ${pair} ${writing(`title ${pair}`, 5)}`, text: words },
        ...{ seenAt: new Date(Date.UTC(2026, 10, 22, 8)).toISOString(), lang: 'en' },
      });
    return [at('post', text), at('herald', told)];
  });

/**
 * Sends both articles of each pair at the same instant to two of `processes` processes.
 * @param options.killAfter kills one process after so many outcomes; what it held is given to the others, as a queue would
 */
export async function raceDuplicates(
  url: string,
  pairs: readonly (readonly [IngestInput, IngestInput])[],
  options: { processes: number; pairsInFlight: number; killAfter?: number },
): Promise<Outcome[]> {
  const jobs = pairs.flat();
  await using store = await openRegistered(url, jobs);
  const children = await Promise.all(Array.from({ length: options.processes }, () => startProcess(store.url)));
  const outcomes: Outcome[] = [];
  const heldBy = new Map<number, ChildProcess>();
  const failures: string[] = [];
  let done = 0;
  let nextPair = 0;
  const finished = Promise.withResolvers<void>();
  const send = (number: number, child: ChildProcess | undefined): void => {
    const input = jobs[number];
    if (!input || !child) return;
    heldBy.set(number, child);
    child.send({ number, input });
  };
  const sendPair = (): void => {
    const pair = nextPair++;
    if (pair >= pairs.length) return;
    send(pair * 2, children[pair % children.length]);
    send(pair * 2 + 1, children[(pair + 1 + (pair % 2)) % children.length]);
  };
  const onMessage = (message: { number: number; outcome?: Outcome; error?: string }): void => {
    if (!heldBy.delete(message.number)) return;
    if (message.outcome) outcomes[message.number] = message.outcome;
    else failures.push(message.error ?? '');
    done++;
    if (done === options.killAfter) killOne();
    if (done === jobs.length) finished.resolve();
    else if (message.number % 2 === 1) sendPair();
  };
  const killOne = (): void => {
    const victim = children.pop();
    victim?.kill('SIGKILL');
    for (const [number, child] of heldBy) if (child === victim) send(number, children[number % children.length]);
  };
  for (const child of children) child.on('message', onMessage);
  for (let started = 0; started < options.pairsInFlight; started++) sendPair();
  await finished.promise;
  for (const child of children) child.disconnect();
  if (failures.length > 0) throw new Error(`${failures.length} jobs failed, the first with: ${failures[0]}`);
  return outcomes;
}

async function openRegistered(url: string, jobs: readonly IngestInput[]) {
  const store = await openStore(url);
  const links = jobs.map(({ urlKey, link }) => ({ key: urlKey, link }));
  await registerLinks(store.db, 'race', links, new Date(Date.UTC(2026, 10, 22, 8)));
  return { url, [Symbol.asyncDispose]: () => store.close() };
}

function startProcess(url: string): Promise<ChildProcess> {
  const child = fork(new URL('./ingest-process.ts', import.meta.url), [url]);
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('message', () => resolve(child));
  });
}
