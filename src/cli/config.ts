import { describeSettings } from '../domain/settings.ts';
import type { Command } from './command.ts';
import { maskSetting } from './mask-setting.ts';
import { allSettingOptions, parseCommand, type Shape, settingHelp } from './options.ts';
import { table } from './table.ts';

const shape = { own: { json: { type: 'boolean' } }, settings: allSettingOptions } as const satisfies Shape;

export const command: Command = {
  summary: 'shows every setting, its value and where that comes from',
  shape,
  help: `
Usage: courant config [--json] [options]

Shows every setting as the other commands would see it: from an option, the environment, the file of settings, or by default; the first
of these wins. Passwords and what else is secret are not shown. A name that is no setting is an error.

  --json             the same as JSON: {"NAME": {"value", "from"}}
${settingHelp(allSettingOptions)}`,
  async run(argv) {
    const { values, settings, resolved } = parseCommand(argv, shape);
    const rows = describeSettings().map(({ name }) => ({
      name,
      value: maskSetting(name, settings[name as keyof typeof settings]),
      from: resolved.originOf(name),
    }));
    if (values.json) {
      console.log(JSON.stringify(Object.fromEntries(rows.map(({ name, ...row }) => [name, row])), null, 2));
      return 0;
    }
    const shown = rows.map(({ name, value, from }) => [name, from, value === null ? '' : String(value)]);
    console.log(table(['setting', 'from', 'value'], shown));
    if (resolved.file) console.error(`\nThe file is ${resolved.file}.`);
    return 0;
  },
};
