import { z } from 'zod';
import { isCountry } from './regions.ts';
import { topicBySlug } from './topics.ts';

const id = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, 'expected lower-case letters, digits and hyphens')
  .describe('what stands in addresses, such as energy');
const terms = z.array(z.string().trim().min(1)).default([]);

/** A topic of the operator's own: an article has it when enough of its terms stand in the text. */
export const CustomTopicSchema = z.strictObject({
  id,
  name: z.string().min(1),
  /** Words or phrases; `*` at the end stands for any ending: `gas*`. */
  any: terms.refine((list) => list.length > 0, 'expected at least one term'),
  /** None of these may stand in the text. */
  not: terms,
  /** The IPTC topic it is part of, by slug or code: an article that has this topic has that one too. */
  parent: z
    .string()
    .refine((slug) => topicBySlug(slug) !== undefined, 'expected one of the 17 topics, such as economy')
    .optional(),
  /** How many different terms must stand in the text; one in the title is enough for two. */
  threshold: z.number().int().min(1).default(1),
});
export type CustomTopic = z.infer<typeof CustomTopicSchema>;

/** A region of the operator's own: a list of countries. */
export const CustomRegionSchema = z.strictObject({
  id,
  name: z.string().min(1),
  countries: z.array(z.string().refine(isCountry, 'expected an ISO 3166-1 alpha-2 code such as RS')).min(1),
});
export type CustomRegion = z.infer<typeof CustomRegionSchema>;
