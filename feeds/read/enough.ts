/** Leaves a parser from within its callbacks, with what it has read so far. */
export class Enough extends Error {
  override readonly name = 'Enough';
}
