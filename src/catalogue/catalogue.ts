import { stringify } from 'yaml';
import { z } from 'zod';
import { type Source, sourceSchema } from '../domain/source.ts';
import { readYaml } from '../text/yaml.ts';

export type { Source } from '../domain/source.ts';

/** The catalogue cannot be used; the message lists every mistake as `file:line: field: what was expected`. */
export class CatalogueError extends Error {
  override readonly name = 'CatalogueError';
}

/** The file: `sources:` and a list, nothing else. */
export const catalogueSchema = z.strictObject({ sources: z.array(sourceSchema) });

/**
 * Reads the text of a catalogue.
 * @param file its name, for messages
 * @throws CatalogueError with all mistakes at once
 */
export function readCatalogue(text: string, file: string): Source[] {
  const yaml = readYaml(text, file);
  if (yaml.mistakes) throw new CatalogueError(yaml.mistakes.join('\n'));
  const { lineOf } = yaml;
  const parsed = catalogueSchema.safeParse(begun(yaml.content));
  if (!parsed.success) {
    throw new CatalogueError(
      parsed.error.issues
        .flatMap((issue) => describe(issue).map((message) => `${file}:${lineOf(issue.path)}: ${message}`))
        .join('\n'),
    );
  }
  const mistakes: string[] = [];
  const seen = new Map<string, number>();
  parsed.data.sources.forEach((source, index) => {
    const first = seen.get(source.id);
    if (first === undefined) seen.set(source.id, index);
    else
      mistakes.push(
        `${file}:${lineOf(['sources', index, 'id'])}: id: '${source.id}' is used already at line ${lineOf(['sources', first, 'id'])}; ids must differ`,
      );
  });
  if (mistakes.length > 0) throw new CatalogueError(mistakes.join('\n'));
  return parsed.data.sources;
}

/** `sources:` with nothing below it is an empty list, as it is in a file that was just begun. */
function begun(content: unknown): unknown {
  const isBegun =
    typeof content === 'object' &&
    content !== null &&
    !Array.isArray(content) &&
    (!('sources' in content) || content.sources === null);
  return isBegun ? { ...content, sources: [] } : content;
}

/** One entry with its defaults. @throws CatalogueError */
export function parseSource(entry: unknown): Source {
  const parsed = sourceSchema.safeParse(entry);
  if (parsed.success) return parsed.data;
  throw new CatalogueError(parsed.error.issues.flatMap(describe).join('\n'));
}

/** The text of a new catalogue: only what differs from the defaults is written. */
export function writeCatalogue(sources: readonly Source[]): string {
  return stringify({ sources: sources.map(withoutDefaults) }, { lineWidth: 0 });
}

/** An entry without what the schema would fill in anyway. */
export function withoutDefaults(source: Source): Partial<Source> {
  const plain = parseSource({ id: source.id, name: source.name, home: source.home });
  const differs = ([name, value]: [string, unknown]) =>
    ['id', 'name', 'home'].includes(name) ||
    (value !== undefined && JSON.stringify(value) !== JSON.stringify(plain[name as keyof Source]));
  const limits = Object.entries(source.limits).filter(
    ([name, value]) => value !== plain.limits[name as keyof Source['limits']],
  );
  const kept = Object.entries(source).filter(differs);
  return Object.fromEntries(
    kept.map(([name, value]) => [name, name === 'limits' ? Object.fromEntries(limits) : value]),
  );
}

function describe(issue: z.core.$ZodIssue): string[] {
  const field = issue.path.filter((step) => typeof step === 'string' && step !== 'sources').join('.');
  const at = field ? `${field}: ` : '';
  if (issue.code === 'unrecognized_keys') {
    const known = Object.keys(
      field ? sourceSchema.shape.limits.unwrap().shape : issue.path.length ? sourceSchema.shape : catalogueSchema.shape,
    );
    return issue.keys.map((key) => `${at}${key}: there is no such field; the fields are ${known.join(', ')}`);
  }
  if (issue.code === 'invalid_union')
    return [`${at}'adaptive' or a cron expression is expected, such as '*/15 * * * *' (UTC)`];
  return [`${at}${issue.message}`];
}
