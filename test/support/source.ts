import { type Source, sourceSchema } from '../../src/domain/source.ts';

/** A source as the catalogue gives it, with its defaults. Tests name sources by host as well. */
export const sourceWith = (entry: { readonly id: string } & Readonly<Record<string, unknown>>): Source => ({
  ...sourceSchema.parse({ name: entry.id, home: 'https://home.example/', ...entry, id: 'any' }),
  id: entry.id,
});
