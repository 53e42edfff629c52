import { readFile } from 'node:fs/promises';
import { z } from 'zod';

/** `t`: epoch milliseconds. */
const logged = z.object({
  t: z.number(),
  host: z.string(),
  path: z.string(),
  status: z.number(),
  bytes: z.number().catch(0),
});
export type LoggedRequest = z.infer<typeof logged>;

/** The requests that the recorded web has answered so far, in their order. */
export async function readRequests(file: string): Promise<LoggedRequest[]> {
  const lines = (await readFile(file, 'utf8').catch(() => '')).split('\n').filter(Boolean);
  return lines.flatMap((line) => logged.safeParse(JSON.parse(line)).data ?? []);
}

/** What conditional requests saved from `from` on: answers 'not modified', and the bytes that each took when it was last sent whole. */
export function savedBy304(
  requests: readonly LoggedRequest[],
  from: number,
): { readonly answers: number; readonly bytes: number } {
  const whole = new Map<string, number>();
  let answers = 0;
  let bytes = 0;
  for (const [at, { host, path, status, bytes: sent }] of requests.entries()) {
    if (status === 200) whole.set(host + path, sent);
    if (status !== 304 || at < from) continue;
    answers++;
    bytes += whole.get(host + path) ?? 0;
  }
  return { answers, bytes };
}
