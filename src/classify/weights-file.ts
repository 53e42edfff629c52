import { z } from 'zod';
import type { TopicWeights } from './topic-model.ts';
import { topics } from './topics.ts';

/** The text holds no weights; the message says where it differs from what `npm run train:from-archive` writes. */
export class WeightsError extends Error {
  override readonly name = 'WeightsError';
}

/** Bytes of a word in the table, as topic-model.ts reads it. */
const wordBytes = topics.length + 1;
const language = z
  .object({
    words: z.string(),
    table: z.base64(),
    scale: z.number().positive(),
    bias: z.array(z.number()).length(topics.length),
    threshold: z.number().min(0).max(1),
    articleThreshold: z.number().min(0).max(1).optional(),
    calibration: z.string().optional(),
  })
  .refine(
    ({ words, table }) => Buffer.byteLength(table, 'base64') === words.split(' ').length * wordBytes,
    `expected ${wordBytes} bytes in 'table' for each of 'words'`,
  );
const schema = z.object({
  prior: z.number().nonnegative(),
  temperature: z.number().positive(),
  langs: z.record(z.string(), language),
});

/**
 * Reads topic weights as they stand in a file.
 * @throws WeightsError
 */
export function readWeights(text: string): TopicWeights {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    throw new WeightsError(`not JSON: ${(error as Error).message}`);
  }
  const parsed = schema.safeParse(content);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new WeightsError(`${issue?.path.join('.') || 'the whole'}: ${issue?.message}`);
}
