interface Asker<Job, Result> {
  readonly job: Job;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

export interface BatcherOptions {
  /** So many at once; the others wait for the one after. Default: no limit. */
  readonly most?: number;
  /** How long the first waits for others, in ms, unless `most` are there. Default 0: who comes to an idle one is served at once. */
  readonly waitMs?: number;
}

/**
 * Lets many callers share one piece of work: a call that comes while others are served waits, and all that wait are served together by
 * the next. Each job is done by work that begins after its call.
 * @param serve gives a result for each job, in their order; when it fails, all of them fail
 */
export function createBatcher<Job, Result>(
  serve: (jobs: readonly Job[]) => Promise<readonly Result[]>,
  { most = Number.POSITIVE_INFINITY, waitMs = 0 }: BatcherOptions = {},
): (job: Job) => Promise<Result> {
  const waiting: Asker<Job, Result>[] = [];
  let underWay = false;
  let enough: (() => void) | undefined;
  const company = (): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, waitMs);
      enough = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const serveAll = async (): Promise<void> => {
    underWay = true;
    while (waiting.length > 0) {
      if (waitMs > 0 && waiting.length < most) await company();
      enough = undefined;
      const group = waiting.splice(0, most);
      try {
        const results = await serve(group.map((one) => one.job));
        for (const [index, one] of group.entries()) one.resolve(results[index] as Result);
      } catch (error) {
        for (const one of group) one.reject(error);
      }
    }
    underWay = false;
  };
  return (job) =>
    new Promise((resolve, reject) => {
      waiting.push({ job, resolve, reject });
      if (waiting.length >= most) enough?.();
      if (!underWay) void serveAll();
    });
}
