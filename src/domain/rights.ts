/** What a publisher says of the use of its texts beside reading them; undefined: nothing. */
export interface Rights {
  /** Training of models. */
  readonly aiTrain?: boolean | undefined;
  /** Answers of models that are given the text. */
  readonly aiInput?: boolean | undefined;
  readonly search?: boolean | undefined;
  /** Address of the terms: a licence (Really Simple Licensing) or a policy (TDM Reservation Protocol). */
  readonly license?: string | undefined;
}

/** Names of `Content-Signal` (contentsignals.org) and of `Content-Usage` (IETF AIPREF). */
const uses: Readonly<Record<string, 'aiTrain' | 'aiInput' | 'search'>> = {
  'ai-train': 'aiTrain',
  'train-ai': 'aiTrain',
  'train-genai': 'aiTrain',
  'ai-input': 'aiInput',
  'ai-use': 'aiInput',
  search: 'search',
};
const answers: Readonly<Record<string, boolean>> = { yes: true, y: true, no: false, n: false };

/** One signal, `search=yes, ai-train=no`; with a path before it, it speaks of what lies below alone. */
export function readSignal(text: string, pathname: string): Rights {
  const parts = text
    .trim()
    .slice(0, 1000)
    .split(/[\s,;]+/);
  if (parts[0]?.startsWith('/') && !pathname.startsWith(parts[0])) return {};
  return mergeRights(
    ...parts.map((part) => {
      const [name = '', value = ''] = part.toLowerCase().split('=');
      const use = uses[name];
      const answer = answers[value];
      return use === undefined || answer === undefined ? {} : { [use]: answer };
    }),
  );
}

/** Of several statements the stricter counts, and the first licence. */
export function mergeRights(...all: readonly Rights[]): Rights {
  const strictest = (use: 'aiTrain' | 'aiInput' | 'search'): Rights => {
    const said = all.map((rights) => rights[use]).filter((answer) => answer !== undefined);
    return said.length === 0 ? {} : { [use]: said.every(Boolean) };
  };
  const license = all.find((rights) => rights.license !== undefined)?.license;
  return {
    ...strictest('aiTrain'),
    ...strictest('aiInput'),
    ...strictest('search'),
    ...(license === undefined ? {} : { license }),
  };
}

/** Whether the text is not to be handed on whole to programs, whatever the operator allows in general. */
export const reservesText = (rights: Rights | null | undefined): boolean => rights?.aiInput === false;

/** In a few words, for the operator; empty when nothing is said. */
export function describeRights({ aiTrain, aiInput, search, license }: Rights): string {
  const said = Object.entries({ training: aiTrain, 'AI input': aiInput, search })
    .filter(([, allowed]) => allowed !== undefined)
    .map(([use, allowed]) => `${use}: ${allowed ? 'yes' : 'no'}`);
  return [...said, ...(license === undefined ? [] : [`licence: ${license}`])].join(', ');
}
