import type { Slugs } from '../domain/filter.ts';
import { regionBySlug } from './regions.ts';
import { topicBySlug } from './topics.ts';

/** The short names of regions and topics, as they stand in addresses. */
export const slugs: Slugs = {
  region: (id) => regionBySlug(id)?.slug,
  topic: (id) => topicBySlug(id)?.slug,
};
