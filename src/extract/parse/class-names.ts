import { factsNamed } from '../metadata/fact-names.ts';
import { remembered } from './remembered.ts';
import { signalsOf } from './signals.ts';

/** What is known of the names in one `class`. */
export interface ClassNames {
  readonly signals: number;
  /** The names without digits: those of one template differ in nothing else. */
  readonly plain: string;
  /** Facts that may stand below them (`fact-names.ts`), as bits. */
  readonly facts: number;
}

/** What the names of one `class` say, whatever page they stand on. */
export const classNames: (written: string) => ClassNames = remembered((written) => ({
  signals: signalsOf(written),
  plain: written.replace(/[-_]?\d+/g, '').slice(0, 80),
  facts: factsNamed(written),
}));
