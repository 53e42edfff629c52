import { isDeepStrictEqual } from 'node:util';
import type { PoolLabels, StoryBatch } from './ports.ts';

/**
 * Gives the articles of the stories that a batch has changed the labels on which the story agrees, where they have none of their own:
 * also to those that came before the reports that tell.
 */
export async function poolStories(batch: StoryBatch, pool: PoolLabels): Promise<void> {
  for (const voices of await batch.changedStories()) {
    for (const voice of voices) {
      const pooled = pool(voice, voices);
      if (!isDeepStrictEqual(pooled, voice.classification)) await batch.relabel(voice.id, pooled);
    }
  }
}
