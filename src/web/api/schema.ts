import { z } from 'zod';

/**
 * What the API takes and gives, once: requests are validated, answers serialised and `/api/openapi.json` written from these schemas.
 */
const instant = z.iso.datetime().describe('ISO 8601 in UTC');

export const labelSchema = z
  .object({
    id: z.string().describe('ISO 3166-1 alpha-2, a news region or UN M49 code, or an IPTC Media Topic code'),
    confidence: z.number().min(0).max(1),
    origin: z.enum(['operator', 'publisher', 'text', 'story', 'source']),
    evidence: z.array(z.string()).readonly().describe('The words that decided'),
    name: z.string().describe('In English'),
  })
  .readonly();
export type LabelJson = z.infer<typeof labelSchema>;

export const sourceSchema = z.object({ id: z.string(), name: z.string() }).readonly();

const rightsSchema = z
  .object({
    aiTrain: z.boolean().optional(),
    aiInput: z.boolean().optional(),
    search: z.boolean().optional(),
    license: z.string().optional().describe('Address of the terms'),
  })
  .readonly();

const copySchema = z
  .object({
    url: z.string(),
    source: sourceSchema,
    published: instant.nullable(),
    share: z.number().describe("Share of the article's text that the copy holds, 0…1"),
  })
  .readonly();

const articleShape = z.object({
  id: z.uuid(),
  url: z.string().describe("The article's address at the outlet"),
  source: sourceSchema,
  story: z.uuid(),
  title: z.string(),
  byline: z.array(z.string()).readonly(),
  agency: z.string().nullable(),
  summary: z.string().nullable(),
  headlineOnly: z.boolean().describe('Nothing but the headline was taken: the article stands at the outlet'),
  text: z.string().optional().describe('Plain text, a block a line; where the source allows it, or for the operator'),
  image: z
    .object({ url: z.string(), caption: z.string().optional(), credit: z.string().optional() })
    .readonly()
    .nullable(),
  lang: z.string(),
  published: instant.nullable(),
  modified: instant.nullable(),
  firstSeen: instant,
  updated: instant,
  countries: z.array(labelSchema).readonly(),
  regions: z.array(labelSchema).readonly(),
  topics: z.array(labelSchema).readonly(),
  rights: rightsSchema.nullable().describe('What the publisher says of its use; null: nothing.'),
  paywalled: z.boolean(),
  stub: z.string().nullable(),
  liveBlog: z.boolean(),
  opinion: z.boolean(),
  alsoAt: z.array(copySchema).readonly(),
});
/** An article as the API gives it. */
export const articleSchema = articleShape.readonly();
/** The names of what an article has, for those who want only some of it. */
export const articleFields = Object.keys(articleShape.shape);
export type ArticleJson = z.infer<typeof articleSchema>;

z.globalRegistry.add(labelSchema, { id: 'Label' });
z.globalRegistry.add(articleSchema, { id: 'Article' });

export const failureSchema = z.object({ error: z.string() });
export const articlesSchema = z.object({
  articles: z.array(articleShape.partial()).describe('Each whole, or what `fields` names'),
  next: z.string().nullable().describe('Address of the next page'),
});

/** A story as the API gives it in lists. */
export const storySchema = z
  .object({
    id: z.uuid(),
    title: z.string().describe('Of its most complete, clean article'),
    summary: z.string().nullable(),
    lang: z.string().describe('Of title and summary'),
    face: z.uuid().describe('Id of that article'),
    newest: instant.describe('When its newest article became news'),
    articles: z.int().describe('All its articles, whatever the filter'),
    independent: z.int().describe('Outlets that tell it in words of their own'),
    sources: z.array(sourceSchema).readonly().describe('All outlets, copies included, who told it first in front'),
    langs: z.array(z.string()).readonly(),
  })
  .readonly();
export type StoryJson = z.infer<typeof storySchema>;
z.globalRegistry.add(storySchema, { id: 'Story' });

export const storiesSchema = z.object({
  stories: z.array(storySchema),
  next: z.string().nullable().describe('Address of the next page'),
});
export const outletSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    url: z.string().nullable(),
    content: z.enum(['full', 'summary']).describe('What the public may get of its articles'),
  })
  .readonly();

const countSchema = z.object({
  id: z.string(),
  name: z.string().describe('In English; of a source its own'),
  count: z.int().describe('Articles'),
});

/** How many of the newest articles of a filter carry what. */
export const countsSchema = z.object({
  of: z.int().describe('The newest articles that were counted'),
  countries: z.array(countSchema),
  regions: z.array(countSchema),
  topics: z.array(countSchema),
  langs: z.array(countSchema),
  sources: z.array(countSchema),
});
