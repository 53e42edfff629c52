import { z } from 'zod';
import { catalogueSchema } from './catalogue.ts';

/** JSON Schema of a catalogue, for editors and other programs; `feeds/sources.schema.json` holds it. */
export const catalogueJsonSchema = (): object => ({
  title: 'Catalogue of the sources that Courant crawls',
  ...z.toJSONSchema(catalogueSchema, { io: 'input' }),
});
