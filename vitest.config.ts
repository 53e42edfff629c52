import { defineConfig } from 'vitest/config';

/** Pure rooms: no database, Redis, browser, network or process. `npm run test:unit` runs these alone, in under 30 seconds. */
const pureRooms = 'catalogue,classify,dedupe,domain,extract,feeds,text,crawl/listings';
const unit = ['test/rooms.test.ts', `test/{${pureRooms}}/**/!(cli|hostile).test.ts`];

export default defineConfig({
  test: {
    // Two cores; each file that needs PostgreSQL shares one embedded server and takes a schema of its own.
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    projects: [
      { extends: true, test: { name: 'unit', include: unit } },
      { extends: true, test: { name: 'system', include: ['test/**/*.test.ts'], exclude: unit } },
    ],
  },
});
