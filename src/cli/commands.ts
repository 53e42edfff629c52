import type { Command } from './command.ts';

/** Every command by its name; loaded on demand, so that `courant extract` does not pay for the database. */
export const commands: Readonly<Record<string, () => Promise<Command>>> = {
  start: async () => (await import('./start.ts')).command,
  demo: async () => (await import('./demo.ts')).command,
  crawl: async () => (await import('./crawl.ts')).command,
  work: async () => (await import('./work.ts')).command,
  serve: async () => (await import('./serve.ts')).command,
  doctor: async () => (await import('./doctor.ts')).command,
  config: async () => (await import('./config.ts')).command,
  sources: async () => (await import('./sources.ts')).command,
  users: async () => (await import('./users.ts')).command,
  review: async () => (await import('./review.ts')).command,
  backup: async () => (await import('./backup.ts')).command,
  restore: async () => (await import('./restore.ts')).command,
  prune: async () => (await import('./prune.ts')).command,
  reextract: async () => (await import('./reextract.ts')).command,
  reclassify: async () => (await import('./reclassify.ts')).command,
  rededupe: async () => (await import('./rededupe.ts')).command,
  export: async () => (await import('./export.ts')).command,
  mcp: async () => (await import('./mcp.ts')).command,
  extract: async () => (await import('./extract.ts')).command,
  classify: async () => (await import('./classify.ts')).command,
  dedupe: async () => (await import('./dedupe.ts')).command,
  'read-feed': async () => (await import('./read-feed.ts')).command,
  completion: async () => (await import('./completion.ts')).completionOf(commands),
};
