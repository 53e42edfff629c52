import { existsSync, readFileSync } from 'node:fs';
import { glob } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const root = path.resolve(import.meta.dirname, '..');
const documents: string[] = [];
for await (const file of glob(['*.md', 'docs/**/*.md', '.github/**/*.md', 'NOTICE'], { cwd: root }))
  documents.push(file);

/** Files and folders that a document names in code marks: `src/…`, with or without an ending; a star or dots stand for anything. */
const named = /`((?:src|feeds|workers|tools|test|docs)\/[\w./-]+)`/g;
const linked = /\]\((?!https?:|#)([^)#\s]+)(?:#[^)]*)?\)/g;

/** Documents cannot drift from the tree. */
describe('documents', () => {
  it('are found', () => expect(documents.length).toBeGreaterThan(15));

  it.each(documents)('%s links and names only what exists', (document) => {
    const text = readFileSync(path.join(root, document), 'utf8');
    const links = [...text.matchAll(linked)].map(([, to = '']) => path.join(path.dirname(document), to));
    const names = [...text.matchAll(named)].map(([, name = '']) => name);
    const missing = [...links, ...names].filter((file) => !existsSync(path.join(root, file)));
    expect(missing).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const { scripts } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
      scripts: Record<string, string>;
    };
    const wrong = documents.flatMap((document) =>
      [...readFileSync(path.join(root, document), 'utf8').matchAll(/npm run (?:-s )?([a-z][\w:-]*)/g)]
        .map(([, script = '']) => script)
        .filter((script) => !script.endsWith(':') && scripts[script] === undefined)
        .map((script) => `${document}: ${script}`),
    );
    expect(wrong).toEqual([]);
  });
});
