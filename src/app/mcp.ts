import { StdioServerTransport } from '@modelcontextprotocol/sdk/server/stdio.js';
import { ownAddress, type Settings } from '../domain/settings.ts';
import { createMcpServer } from '../web/mcp/server.ts';
import { readLabels } from './named-files.ts';
import { openExistingStore } from './open-store.ts';

/**
 * Serves the store to one assistant on standard input and output, until that ends or the signal comes. Who can start it owns the store, and
 * may read every text.
 * @throws UsageError when there is no store
 */
export async function serveMcpOnStdio(settings: Settings, signal: AbortSignal): Promise<void> {
  const labels = await readLabels(settings.LABELS);
  await using store = await openExistingStore(settings);
  const parts = { db: store.db, labels, title: settings.TITLE, base: ownAddress(settings), operator: true };
  const server = createMcpServer(parts);
  const end = Promise.withResolvers<void>();
  signal.addEventListener('abort', () => end.resolve(), { once: true });
  process.stdin.once('end', () => end.resolve());
  server.server.onclose = () => end.resolve();
  await server.connect(new StdioServerTransport());
  await end.promise;
  await server.close();
}
