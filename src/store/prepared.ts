import pg from 'pg';

/** Texts that may be prepared: what is asked for with lists of any length must not fill the server's memory. */
const mostStatements = 200;
const longestText = 5000;

/** The texts seen, in order; the number is the name. */
const seen = new Map<string, number>();

/**
 * Name under which the server keeps the plan of a statement; undefined for what comes for the first time or is too long. Also for
 * `select *`, whose kept plan fails once a newer process has added a column.
 */
function nameOf(text: string): string | undefined {
  const number = seen.get(text);
  if (number !== undefined) return `courant_${number}`;
  if (seen.size < mostStatements && text.length <= longestText && !/(?:select|returning) \*/i.test(text))
    seen.set(text, seen.size);
  return undefined;
}

/**
 * A connection that lets the server parse and plan each statement once. Measured on one round of `bench:wire`: planning is a third of
 * what the server does for an article, and a round trip takes 0.13 ms instead of 0.42.
 */
export class PreparingClient extends pg.Client {
  // biome-ignore lint/suspicious/noExplicitAny: the overloads of the driver's own method
  override query(config: any, values?: any, callback?: any): any {
    if (typeof config !== 'string' || !Array.isArray(values) || values.length === 0)
      return super.query(config, values, callback);
    const name = nameOf(config);
    return super.query(name === undefined ? { text: config, values } : { text: config, values, name }, callback);
  }
}
