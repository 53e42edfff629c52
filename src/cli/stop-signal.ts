/** In-flight work has this long to end in order; container runtimes kill after 10 s. What is cut off is done again by the next start. */
const graceMs = 8000;

/**
 * Aborts on the first SIGINT or SIGTERM. The process then ends within `graceMs`, whatever does not answer; a second signal ends it at once.
 */
export function stopSignal(): AbortSignal {
  const stop = new AbortController();
  for (const name of ['SIGINT', 'SIGTERM'] as const) {
    process.on(name, () => {
      if (stop.signal.aborted) process.exit(130);
      stop.abort(name);
      setTimeout(() => {
        console.error('courant: something did not end in time and was cut off; the next start goes on from there');
        process.exit(0);
      }, graceMs).unref();
    });
  }
  return stop.signal;
}

/** Resolves when the signal aborts. */
export const stopped = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener('abort', () => resolve(), { once: true });
  });
