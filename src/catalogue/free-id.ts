/** An id that no source has: made of the name, or of the host where the name has no letters of a-z. */
export function freeId(name: string, home: string, known: readonly { readonly id: string }[]): string {
  const host = new URL(home).hostname.replace(/^www\./, '');
  const base = slug(name) || slug(host) || 'source';
  const taken = new Set(known.map(({ id }) => id));
  let id = base;
  for (let number = 2; taken.has(id); number += 1) id = `${base}-${number}`;
  return id;
}

const slug = (text: string): string => {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  // A name in another script leaves scraps at most: 'Дневник 24' is not '24'.
  if ((plain.match(/[a-z]/g)?.length ?? 0) < (plain.match(/\p{L}/gu)?.length ?? 0) / 2) return '';
  return plain
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, 50)
    .replace(/-$/, '');
};
