/**
 * One question for all who ask at the same time. Who comes while it is being answered gets the answer to the next one, because the one
 * under way may have been asked before what the newcomer knows of had happened.
 */
export function sharedAnswer<T>(ask: () => Promise<T>): () => Promise<T> {
  let underWay: Promise<unknown> | undefined;
  let next: Promise<T> | undefined;
  const start = (): Promise<T> => {
    const answer = ask();
    const done = answer
      .catch(() => undefined)
      .then(() => {
        if (underWay === done) underWay = undefined;
      });
    underWay = done;
    return answer;
  };
  return () => {
    if (!underWay) return start();
    next ??= underWay.then(() => {
      next = undefined;
      return start();
    });
    return next;
  };
}
