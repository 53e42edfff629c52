/** Letters of Serbian Latin, longest first, and what Macedonian, Bulgarian and Russian write for them. */
const letters: Readonly<Record<string, readonly [mk: string, bg: string, ru: string]>> = {
  dž: ['џ', 'дж', 'дж'],
  lj: ['љ', 'л', 'ль'],
  nj: ['њ', 'н', 'нь'],
  ja: ['ја', 'я', 'я'],
  je: ['је', 'е', 'е'],
  ju: ['ју', 'ю', 'ю'],
  a: ['а', 'а', 'а'],
  b: ['б', 'б', 'б'],
  c: ['ц', 'ц', 'ц'],
  č: ['ч', 'ч', 'ч'],
  ć: ['ќ', 'ч', 'ч'],
  d: ['д', 'д', 'д'],
  đ: ['ѓ', 'дж', 'дж'],
  e: ['е', 'е', 'е'],
  f: ['ф', 'ф', 'ф'],
  g: ['г', 'г', 'г'],
  h: ['х', 'х', 'х'],
  i: ['и', 'и', 'и'],
  j: ['ј', 'й', 'й'],
  k: ['к', 'к', 'к'],
  l: ['л', 'л', 'л'],
  m: ['м', 'м', 'м'],
  n: ['н', 'н', 'н'],
  o: ['о', 'о', 'о'],
  p: ['п', 'п', 'п'],
  r: ['р', 'р', 'р'],
  s: ['с', 'с', 'с'],
  š: ['ш', 'ш', 'ш'],
  t: ['т', 'т', 'т'],
  u: ['у', 'у', 'у'],
  v: ['в', 'в', 'в'],
  z: ['з', 'з', 'з'],
  ž: ['ж', 'ж', 'ж'],
};
const letter = new RegExp(Object.keys(letters).join('|'), 'g');

/** A name in Serbian Latin as Macedonian, Bulgarian, Russian and Ukrainian write it; none for one with other letters or two words. */
export function inCyrillic(name: string): readonly (readonly [lang: string, written: string])[] {
  if (name.length < 4 || name.replace(letter, '') !== '') return [];
  const written = (column: 0 | 1 | 2): string =>
    name.replace(letter, (found) => (letters[found] as readonly string[])[column] as string);
  return [
    ['mk', written(0)],
    ['bg', written(1)],
    ['ru', written(2)],
    ['uk', written(2).replaceAll('и', 'і')],
  ];
}
