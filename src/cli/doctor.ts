import { examineAll } from '../app/doctor/doctor.ts';
import type { Finding } from '../app/doctor/finding.ts';
import type { Command } from './command.ts';
import { parseCommand, type Shape, settingHelp, webOptions, workerOptions } from './options.ts';

const options = [...workerOptions, ...webOptions] as const;
const shape = { own: { json: { type: 'boolean' } }, settings: options } as const satisfies Shape;
const marks = { well: '✓', look: '!', ill: '✗' };
const partWidth = 11;

export const command: Command = {
  summary: 'looks whether everything that the wire needs is there, and says what to do',
  shape,
  help: `
Usage: courant doctor [--json] [options]

Looks at Node, disk, store, clock, Redis, port, catalogue, labels, user agent, proxy and Chromium, and fetches a page from a server of its
own on this machine. Asks no other site for anything, and changes nothing. Each line is ✓ well, ! worth a look, or ✗ in the way, with
what to do below it.

  --json             one JSON object a line: {"part", "state": "well"|"look"|"ill", "says", "cure"?}
${settingHelp(options)}

Exit code: 0, or 1 when something is ✗.`,
  async run(argv) {
    const { values, settings } = parseCommand(argv, shape);
    let ill = 0;
    for await (const finding of examineAll(settings)) {
      if (finding.state === 'ill') ill++;
      console.log(values.json ? JSON.stringify(finding) : lineOf(finding));
    }
    if (!values.json)
      console.log(ill === 0 ? '\nThe wire can run.' : `\n${ill} ${ill === 1 ? 'thing is' : 'things are'} in the way.`);
    return ill === 0 ? 0 : 1;
  },
};

const lineOf = ({ part, state, says, cure }: Finding): string =>
  `${marks[state]} ${part.padEnd(partWidth)} ${says}${cure ? `\n${' '.repeat(partWidth + 3)}→ ${cure}` : ''}`;
