import { readFile } from 'node:fs/promises';
import { type CustomLabels, CustomLabelsError, noCustomLabels, readCustomLabels } from '../classify/custom-labels.ts';
import type { TopicWeights } from '../classify/topic-model.ts';
import { readWeights, WeightsError } from '../classify/weights-file.ts';
import { UsageError } from './usage-error.ts';

/**
 * The text of a file that the operator named.
 * @param what it is, at the head of the message
 * @param advice what to do when it cannot be read
 * @throws UsageError
 */
export async function readNamed(what: string, file: string, advice: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${what} ${file} cannot be read (${(error as { code?: string }).code ?? error}). ${advice}`);
  }
}

/** Reads the custom topics and regions, where the settings name a file. @throws UsageError */
export async function readLabels(file: string | undefined): Promise<CustomLabels> {
  if (file === undefined) return noCustomLabels;
  const text = await readNamed('Your topics and regions', file, 'The setting LABELS names the file.');
  try {
    return readCustomLabels(text, file);
  } catch (error) {
    throw error instanceof CustomLabelsError ? new UsageError(error.message) : error;
  }
}

/** Reads the weights that were learnt from the operator's archive, where the settings name a file. @throws UsageError */
export async function readTopicWeights(file: string | undefined): Promise<TopicWeights | undefined> {
  if (file === undefined) return undefined;
  const advice = "The setting TOPIC_WEIGHTS names the file that 'npm run train:from-archive' wrote.";
  const text = await readNamed('The topic weights', file, advice);
  try {
    return readWeights(text);
  } catch (error) {
    throw error instanceof WeightsError ? new UsageError(`${file}: ${error.message}. ${advice}`) : error;
  }
}
