/**
 * `npm run licences`: what an installed Courant brings along: licences with the packages under each, and the packages that run a script when
 * they are installed. Read from package-lock.json; development alone is left out.
 */
import { readFileSync } from 'node:fs';
import path from 'node:path';

/** A package in production. */
export interface Dependency {
  readonly name: string;
  readonly version: string;
  /** As its author wrote it; 'none named' where the lock file has nothing. */
  readonly licence: string;
  readonly hasInstallScript: boolean;
}

interface Entry {
  readonly version?: string;
  readonly license?: string;
  readonly dev?: boolean;
  readonly hasInstallScript?: boolean;
}

/** All packages of the lock file that are not for development alone, by name. */
export function dependenciesOf(lockFile: string): Dependency[] {
  const { packages } = JSON.parse(readFileSync(lockFile, 'utf8')) as { packages: Record<string, Entry> };
  return Object.entries(packages)
    .filter(([place, { dev }]) => place !== '' && dev !== true)
    .map(([place, { version = '', license, hasInstallScript = false }]) => ({
      name: place.slice(place.lastIndexOf('node_modules/') + 'node_modules/'.length),
      version,
      licence: license ?? 'none named',
      hasInstallScript,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

if (import.meta.main) {
  const all = dependenciesOf(path.resolve(import.meta.dirname, '../../package-lock.json'));
  const named = ({ name, version }: Dependency): string => `${name}@${version}`;
  console.log(`${all.length} packages.\n\nLicences:`);
  for (const [licence, found = []] of Object.entries(Object.groupBy(all, ({ licence }) => licence)).sort())
    console.log(`\n${licence} (${found.length})\n  ${found.map(named).join(' ')}`);
  console.log('\nWith a script at install:');
  for (const one of all.filter(({ hasInstallScript }) => hasInstallScript)) console.log(`  ${named(one)}`);
}
