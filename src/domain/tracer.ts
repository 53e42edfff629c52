/** One step on the way of an article, when it has ended. Times are milliseconds since 1970. */
export interface TracedStep {
  readonly name: string;
  readonly startedAt: number;
  readonly endedAt: number;
  /** The step that it is a part of, as `record` named it; also one of another process. Without it a trace begins. */
  readonly parent?: string | undefined;
  readonly attributes?: Readonly<Record<string, string | number | boolean | undefined>>;
  /** Why it failed. */
  readonly error?: string | undefined;
}

/** Follows articles from their link to the feed, over all processes; there is none where nobody listens. */
export interface Tracer {
  /** @returns the name of the step for its parts, a `traceparent` of W3C Trace Context, which jobs carry */
  record(step: TracedStep): string;
}
