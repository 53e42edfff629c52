import { z } from 'zod';
import { readYaml } from '../text/yaml.ts';
import { type CustomRegion, CustomRegionSchema, type CustomTopic, CustomTopicSchema } from './custom-label-schema.ts';
import { isCountry, regionBySlug } from './regions.ts';
import { topicBySlug } from './topics.ts';

/** The topics and regions that an operator adds to those that the wire knows. */
export interface CustomLabels {
  readonly topics: readonly CustomTopic[];
  /** One with the id of a news region that the wire knows (`balkans`) stands in its place. */
  readonly regions: readonly CustomRegion[];
}

export const noCustomLabels: CustomLabels = { topics: [], regions: [] };

/** The file cannot be used; the message lists every mistake as `file:line: field: what was expected`. */
export class CustomLabelsError extends Error {
  override readonly name = 'CustomLabelsError';
}

const empty = z.null().transform(() => []);
const fileSchema = z.strictObject({
  topics: z.union([z.array(CustomTopicSchema), empty]).default([]),
  regions: z.union([z.array(CustomRegionSchema), empty]).default([]),
});
/** The fields of what stands at a path, for the message that one is unknown. */
const fieldsAt = ([list]: readonly PropertyKey[]): string[] =>
  Object.keys((list === 'topics' ? CustomTopicSchema : list === 'regions' ? CustomRegionSchema : fileSchema).shape);

/**
 * Reads the text of the file that the setting LABELS names.
 * @param file its name, for messages
 * @throws CustomLabelsError with all mistakes at once
 */
export function readCustomLabels(text: string, file: string): CustomLabels {
  const yaml = readYaml(text, file);
  if (yaml.mistakes) throw new CustomLabelsError(yaml.mistakes.join('\n'));
  const { content, lineOf } = yaml;
  const at = (path: readonly PropertyKey[], what: string): string => {
    const field = path.slice(2).map(String).join('.');
    return `${file}:${lineOf(path)}: ${field ? `${field}: ` : ''}${what}`;
  };
  const parsed = fileSchema.safeParse(content);
  if (!parsed.success) {
    const mistakes = parsed.error.issues
      .flatMap(flat)
      .flatMap((issue) =>
        issue.code === 'unrecognized_keys'
          ? issue.keys.map((key) =>
              at([...issue.path, key], `there is no field '${key}'; the fields are ${fieldsAt(issue.path).join(', ')}`),
            )
          : [at(issue.path, issue.message)],
      );
    throw new CustomLabelsError(mistakes.join('\n'));
  }
  const { topics, regions } = parsed.data;
  const mistakes = [
    ...taken('topics', topics, (id) => topicBySlug(id) && 'is a topic that the wire has; choose another id'),
    ...taken('regions', regions, regionTaken),
  ].map(({ path, what }) => at(path, what));
  if (mistakes.length > 0) throw new CustomLabelsError(mistakes.join('\n'));
  return { topics, regions };
}

/** What a union did not take says nothing to the reader; what is wrong with its first choice does. */
const flat = (issue: z.core.$ZodIssue): z.core.$ZodIssue[] =>
  issue.code === 'invalid_union'
    ? (issue.errors[0] ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }))
    : [issue];

/** Ids stand in addresses (`/region/rs`, `/region/039`), where each may mean one thing only. */
function regionTaken(id: string): string | undefined {
  if (isCountry(id.toUpperCase())) return 'is the code of a country; choose a longer id';
  const known = regionBySlug(id);
  return known && /^\d+$/.test(known.id) ? 'is a region of UN M49; choose another id' : undefined;
}

function taken(
  list: 'topics' | 'regions',
  entries: readonly { readonly id: string }[],
  known: (id: string) => string | undefined,
): { path: PropertyKey[]; what: string }[] {
  return entries.flatMap(({ id }, index) => {
    const path = [list, index, 'id'];
    const what = known(id);
    if (what) return [{ path, what: `'${id}' ${what}` }];
    const repeated = entries.findIndex((entry) => entry.id === id) < index;
    return repeated ? [{ path, what: `'${id}' is used already; ids must differ` }] : [];
  });
}
