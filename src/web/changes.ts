/** A version of a text: its headline and its plain text, a block a line. */
export interface TextVersion {
  readonly title: string;
  readonly text: string;
}

/** What a later version says that an earlier one did not, and the other way round. */
export interface Changes {
  /** The earlier headline, when it is another now. */
  readonly title: string | undefined;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

const blocks = (text: string): string[] => text.split('\n').filter((line) => line.trim() !== '');

/** Compares two versions block by block; blocks that only moved are no change. */
export function changesBetween(before: TextVersion, after: TextVersion): Changes {
  const [old, present] = [blocks(before.text), blocks(after.text)];
  const [inOld, inPresent] = [new Set(old), new Set(present)];
  return {
    title: before.title === after.title ? undefined : before.title,
    added: present.filter((block) => !inOld.has(block)),
    removed: old.filter((block) => !inPresent.has(block)),
  };
}
