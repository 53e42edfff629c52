import { serveMcpOnStdio } from '../app/mcp.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, storeOptions } from './options.ts';
import { stopSignal } from './stop-signal.ts';

const shape = { own: {}, settings: ['labels', ...storeOptions] } as const satisfies Shape;

export const command: Command = {
  summary: 'serves the archive to an assistant on standard input and output (MCP)',
  shape,
  help: `
courant mcp [options]

Speaks the Model Context Protocol on standard input and output, until that ends: search, latest stories, one story, a comparison of its
outlets, the text of an article. For an assistant on this machine, which starts it itself:

  {"mcpServers": {"courant": {"command": "npx", "args": ["courant", "mcp", "--data", "/srv/courant"]}}}

Over the network the same is served at /mcp, for a password that an account makes at /account/apps.

${settingHelp(shape.settings)}`,
  async run(argv) {
    const { settings } = parseCommand(argv, shape);
    await serveMcpOnStdio(settings, stopSignal());
    return 0;
  },
};
