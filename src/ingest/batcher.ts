interface Asker<Job, Result> {
  readonly job: Job;
  resolve(result: Result): void;
  reject(error: unknown): void;
}

/**
 * Lets many callers share one piece of work: a call that comes while others are served waits, and all that wait are served together by
 * the next. Each job is done by work that begins after its call.
 * @param serve gives a result for each job, in their order; when it fails, all of them fail
 * @param most so many at once; the others wait for the one after
 */
export function createBatcher<Job, Result>(
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
      if (!underWay) void serveAll();
    });
}
