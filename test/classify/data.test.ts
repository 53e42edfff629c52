import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import manifest from '../../src/classify/data/manifest.json' with { type: 'json' };

const folder = join(import.meta.dirname, '../../src/classify/data');
const files = readdirSync(folder).filter((name) => name !== 'manifest.json');

describe('the data of the classifier', () => {
  it.each(files)('%s says where it comes from', (name) => {
    const entry = (manifest.files as Record<string, Record<string, string>>)[name];
    if (entry) {
      for (const field of ['what', 'corpus', 'licence', 'date', 'command', 'score']) expect(entry[field]).toBeTruthy();
    } else expect(JSON.parse(readFileSync(join(folder, name), 'utf8')).source).toBeTruthy();
  });

  it('has no entry for a file that is gone', () => {
    expect(files).toEqual(expect.arrayContaining(Object.keys(manifest.files)));
  });
});
