import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { alertKinds } from '../src/domain/alert-limits.ts';
import { reasons } from '../src/domain/article.ts';
import { describeSettings } from '../src/domain/settings.ts';

const tables = {
  settings: [
    '| variable | meaning | default |',
    '| --- | --- | --- |',
    ...describeSettings().map(
      (one) => `| \`${one.name}\` | ${one.meaning} | ${one.default ? `\`${one.default}\`` : ''} |`,
    ),
  ].join('\n'),
  alerts: [
    '| kind | limit | when |',
    '| --- | --- | --- |',
    ...Object.entries(alertKinds).map(([kind, [limit, meaning]]) => `| \`${kind}\` | ${limit} | ${meaning} |`),
  ].join('\n'),
  reasons: [
    '| reason | meaning |',
    '| --- | --- |',
    ...Object.entries(reasons).map(([reason, meaning]) => `| \`${reason}\` | ${meaning} |`),
  ].join('\n'),
};

const section = (name: string) => new RegExp(`<!-- ${name} -->[\\s\\S]*?(?=\\n#|$)`);
const documentOf = (name: string) => new URL(`../docs/operating/${name}.md`, import.meta.url);

/** The manual cannot drift from the code. `UPDATE=1 npm test` writes the tables anew, never in CI. */
describe('the manual', () => {
  it.each(Object.entries(tables))('lists the %s that the code has', async (name, table) => {
    const document = documentOf(name);
    const text = await readFile(document, 'utf8');
    const wanted = `<!-- ${name} -->\n\n${table}\n`;
    if (process.env.UPDATE && process.env.CI !== 'true')
      await writeFile(
        document,
        text.replace(section(name), () => wanted),
      );
    else expect(text.match(section(name))?.[0]).toBe(wanted);
  });

  it('names every setting once, and a meaning for each', () => {
    for (const setting of describeSettings()) expect(setting.meaning, setting.name).toMatch(/\.$/);
  });
});
