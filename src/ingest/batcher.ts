interface Asker<Job, Result> {
  readonly job: Job;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Lets many share one piece of work: who asks while it is done for others waits, and all who wait are served together by the next.
 * Who asks has his job done by work that begins after he asked.
 * @param serve gives a result for each job, in their order; when it fails, all of them fail
 * @param most so many at once; the others wait for the one after
 */
export function together<Job, Result>(
  serve: (jobs: readonly Job[]) => Promise<readonly Result[]>,
  most = Number.POSITIVE_INFINITY,
): (job: Job) => Promise<Result> {
  const waiting: Asker<Job, Result>[] = [];
  let underWay = false;
  const serveAll = async (): Promise<void> => {
    underWay = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, most);
      try {
        const results = await serve(group.map((one) => one.job));
        for (const [place, one] of group.entries()) one.resolve(results[place] as Result);
      } catch (error) {
        for (const one of group) one.reject(error);
      }
    }
    underWay = false;
  };
  return (job) =>
    new Promise((resolve, reject) => {
      waiting.push({ job, resolve, reject });
      if (!underWay) void serveAll();
    });
}
