/** Numbers 0…1, the same for the same seed (mulberry32). */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** What breaks parsers: marks of every format, odd characters, large numbers. */
const tokens = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '/',
  '\\',
  '\0',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\ufffd',
  '\ud800',
  'İ',
  '💥',
  '\u202e',
  '\r',
  '\n',
  '\t',
  ' ',
  '<![CDATA[',
  ']]>',
  '<!--',
  '-->',
  '<!DOCTYPE x [<!ENTITY a "b">]>',
  '&a;',
  '&#0;',
  '&#x10ffff;',
  '&amp;amp;',
  '<?xml encoding="utf-16"?>',
  '<item>',
  '</item>',
  '<entry>',
  '<rss>',
  '<feed xmlns="x">',
  '<link/>',
  '<div>',
  '</p>',
  '<script>',
  '<table>',
  '<svg>',
  '<template>',
  '{',
  '}',
  '[',
  ']',
  ',',
  ':',
  'null',
  '1e999',
  '-1',
  '__proto__',
  'constructor',
  '%',
  '%00',
  '%ff',
  '%2F',
  '..',
  '//',
  '?',
  '#',
  '*',
  '$',
  '@',
  'User-agent: *',
  'Disallow: ',
  'Allow: /*',
  'Sitemap: ',
  'javascript:',
  'https://',
  'xn--',
  '- ',
  ': ',
  '&x *x',
  '!!js/function',
  '9999-99-99',
  '31.02.2026',
  '25:61',
  '+99:99',
  'GMT',
  'AM',
  '٢٤',
  '令和',
  'ABCDEFGHIJKLMNOPQRSTUVWXYZ',
];

/** A text like one of the seeds, with up to a dozen faults. One in twenty is blown up by repeating a part. */
export function mutate(seeds: readonly string[], random: () => number): string {
  const below = (limit: number): number => Math.floor(random() * limit);
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? '';
  let text = pick(seeds);
  for (let left = 1 + below(12); left > 0; left -= 1) {
    const from = below(text.length + 1);
    const to = Math.min(text.length, from + below(1 + below(60)));
    const part = text.slice(from, to);
    const changes: readonly (() => string)[] = [
      () => text.slice(0, from) + text.slice(to),
      () => text.slice(0, from) + pick(tokens) + text.slice(from),
      () => text.slice(0, from) + pick(tokens) + text.slice(to),
      () => text.slice(0, to) + part.repeat(1 + below(4)) + text.slice(to),
      () => text.slice(0, from) + String.fromCharCode(below(0x10000)) + text.slice(from + 1),
      () => text.slice(0, from) + pick(seeds).slice(below(200)),
      () => text.slice(0, from) + part.toUpperCase() + text.slice(to),
    ];
    text = (changes[below(changes.length)] ?? (() => text))();
  }
  if (below(20) > 0) return text.slice(0, 200_000);
  const from = below(text.length);
  const part = below(2) === 0 ? pick(tokens) : text.slice(from, from + 1 + below(20));
  return (text.slice(0, from) + part.repeat(Math.floor(20_000 / (part.length + 1)) + 1) + text.slice(from)).slice(
    0,
    200_000,
  );
}
