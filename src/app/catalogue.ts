import { CatalogueError, readCatalogue, type Source } from '../catalogue/catalogue.ts';
import { readNamed } from './named-files.ts';
import { UsageError } from './usage-error.ts';

/** The sources of a process, and where they come from. */
export interface Catalogue {
  /** For people: the file, or what else it is. */
  readonly name: string;
  readonly sources: readonly Source[];
  /** The file that is watched; without one the catalogue never changes. */
  readonly file?: string;
}

/** Reads the catalogue file. @throws UsageError that says what to do, or lists every mistake */
export async function openCatalogue(file: string): Promise<Catalogue> {
  const text = await readNamed(
    'The catalogue of sources',
    file,
    "Name one with --sources FILE (SOURCES), or make one with 'courant sources add https://site.example --sources FILE'.",
  );
  try {
    return { name: file, sources: readCatalogue(text, file), file };
  } catch (error) {
    throw error instanceof CatalogueError ? new UsageError(error.message) : error;
  }
}
