/** Digits of other scripts come in runs of ten, each beginning at one of these. */
const zeros = [0x0660, 0x06f0, 0x0966, 0x09e6, 0x0ae6, 0x0be6, 0x0c66, 0x0d66, 0x0e50, 0x1040, 0x17e0] as const;

const toLatinDigits = (text: string): string =>
  text.replace(/[\u0660-\u17e9]/g, (char) => {
    const code = char.charCodeAt(0);
    const zero = zeros.find((first) => code >= first && code < first + 10);
    return zero === undefined ? char : String(code - zero);
  });

/** A text as dates are read from it: Latin digits, the plain minus, no marks of direction. */
export const plainDigits = (text: string): string =>
  toLatinDigits(
    text
      .normalize('NFKC')
      .replace(/[\u2212\ufe63]/g, '-')
      .replace(/[\u200b-\u200f\u202a-\u202e\u2066-\u2069]/g, ''),
  );
