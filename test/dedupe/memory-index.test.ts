import { describe } from 'vitest';
import { MemoryIndex } from '../../src/dedupe/memory-index.ts';
import { describeIndex } from './index-contract.ts';

describe('the index in memory', () => {
  describeIndex(async () => {
    const batch = Object.assign(new MemoryIndex(), { earlierOutcomes: async () => new Map(), end: () => undefined });
    return (work) => work(batch);
  });
});
