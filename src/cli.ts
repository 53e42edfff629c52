#!/usr/bin/env node
// Nothing is imported before the version is known: an older Node would stop at the first name that it does not have.
const [major = 0] = process.versions.node.split('.').map(Number);
if (major < 24) {
  console.error(
    `courant: this needs Node 24 or newer, and this is Node ${process.versions.node}. In a clone, 'npm start' and 'npm run courant' use the right one; else install it from https://nodejs.org.`,
  );
  process.exit(2);
}

// What Node makes of the TypeScript is kept in the folder for temporary files: later starts take half of the CPU time. As a variable, for
// the threads and processes that this one starts too: they then carry no translator, 27 MB each.
const [{ enableCompileCache }, { tmpdir }, { join }] = await Promise.all([
  import('node:module'),
  import('node:os'),
  import('node:path'),
]);
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'node-compile-cache');
enableCompileCache();

const { tuneMemory } = await import('./cli/memory.ts');
tuneMemory();
const { main } = await import('./cli/main.ts');
process.exitCode = await main(process.argv.slice(2));
// A connection that tries for ever must not keep a process that is done.
setTimeout(() => process.exit(), 2000).unref();
