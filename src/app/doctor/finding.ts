import { CannotRunError, reasonOf } from '../../domain/cannot-run.ts';
import { within } from '../../domain/within.ts';
import { UsageError } from '../usage-error.ts';

/** What the doctor says of one part: it is well, it deserves a look, or the wire cannot run that way. */
export interface Finding {
  readonly part: string;
  readonly state: 'well' | 'look' | 'ill';
  readonly says: string;
  /** What to do; given unless it is well. */
  readonly cure?: string;
}

/** What one check finds; a failure that it does not foresee makes the part ill. */
export type Check = () => Promise<Omit<Finding, 'part'>>;

export const well = (says: string): Omit<Finding, 'part'> => ({ state: 'well', says });
export const look = (says: string, cure: string): Omit<Finding, 'part'> => ({ state: 'look', says, cure });
export const ill = (says: string, cure: string): Omit<Finding, 'part'> => ({ state: 'ill', says, cure });

const checkMs = 30_000;

/** Runs one check, for at most half a minute. */
export async function examine(part: string, check: Check): Promise<Finding> {
  try {
    return { part, ...(await within(checkMs, check())) };
  } catch (error) {
    return { part, ...fromError(error) };
  }
}

/** Our own errors end with the cure: their first sentence says what is wrong. */
export function fromError(error: unknown): Omit<Finding, 'part'> {
  const text = reasonOf(error);
  const [, says, cure] = /^(.*?[.!?])\s+(?=\p{Lu})(.*)$/su.exec(text) ?? [];
  if ((error instanceof CannotRunError || error instanceof UsageError) && says && cure) return ill(says, cure);
  return ill(text, 'The command that needs it says more with --log debug.');
}
