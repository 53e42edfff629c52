import type { Migration } from 'kysely/migration';
import * as base from './001-base.ts';
import * as dedupe from './002-dedupe.ts';
import * as crawl from './003-crawl.ts';
import * as reading from './004-reading.ts';
import * as storyWeights from './005-story-weights.ts';
import * as doubts from './006-doubts.ts';
import * as differences from './007-differences.ts';
import * as closedStories from './008-closed-stories.ts';
import * as forgetting from './009-forgetting.ts';
import * as storyVectors from './010-story-vectors.ts';
import * as smallerPartitions from './011-smaller-partitions.ts';
import * as fingerprints from './012-fingerprints.ts';
import * as reviewItems from './013-review-items.ts';
import * as storeChanges from './014-store-changes.ts';
import * as storyTerms from './015-story-terms.ts';
import * as stub from './016-stub.ts';
import * as accounts from './017-accounts.ts';
import * as rights from './018-rights.ts';
import * as crawls from './019-crawls.ts';
import * as storeTasks from './020-store-tasks.ts';
import * as search from './021-search.ts';
import * as messages from './022-messages.ts';
import * as told from './023-told.ts';
import * as setAside from './024-set-aside.ts';
import * as operator from './025-operator.ts';
import * as ownSettings from './026-own-settings.ts';
import * as packedTerms from './027-packed-terms.ts';
import * as pushKeys from './028-push-keys.ts';
import * as rowCounts from './029-row-counts.ts';
import * as tellings from './030-tellings.ts';
import * as fewerStems from './031-fewer-stems.ts';
import * as listed from './032-listed.ts';
import * as storyMarks from './033-story-marks.ts';
import * as cheaperStems from './034-cheaper-stems.ts';
import * as storyTimes from './035-story-times.ts';
import * as linkAddresses from './036-link-addresses.ts';
import * as noVainPacking from './037-no-vain-packing.ts';

/** In order; a landed migration is never changed, only followed. */
export const migrations: Readonly<Record<string, Migration>> = {
  '001-base': base,
  '002-dedupe': dedupe,
  '003-crawl': crawl,
  '004-reading': reading,
  '005-story-weights': storyWeights,
  '006-doubts': doubts,
  '007-differences': differences,
  '008-closed-stories': closedStories,
  '009-forgetting': forgetting,
  '010-story-vectors': storyVectors,
  '011-smaller-partitions': smallerPartitions,
  '012-fingerprints': fingerprints,
  '013-review-items': reviewItems,
  '014-store-changes': storeChanges,
  '015-story-terms': storyTerms,
  '016-stub': stub,
  '017-accounts': accounts,
  '018-rights': rights,
  '019-crawls': crawls,
  '020-store-tasks': storeTasks,
  '021-search': search,
  '022-messages': messages,
  '023-told': told,
  '024-set-aside': setAside,
  '025-operator': operator,
  '026-own-settings': ownSettings,
  '027-packed-terms': packedTerms,
  '028-push-keys': pushKeys,
  '029-row-counts': rowCounts,
  '030-tellings': tellings,
  '031-fewer-stems': fewerStems,
  '032-listed': listed,
  '033-story-marks': storyMarks,
  '034-cheaper-stems': cheaperStems,
  '035-story-times': storyTimes,
  '036-link-addresses': linkAddresses,
  '037-no-vain-packing': noVainPacking,
};
