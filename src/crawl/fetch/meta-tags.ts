/** So much of a page is looked at, and of a tag. */
const headLength = 100_000;
const tagLength = 2500;

/** The tags `<meta …>` and `<link …>` at the head of a page, as written; linear in the page. */
export const headTags = (html: string, name: 'meta' | 'link'): string[] =>
  (html.slice(0, headLength).match(name === 'meta' ? /<meta\s[^<>]*>/gi : /<link\s[^<>]*>/gi) ?? []).filter(
    (tag) => tag.length < tagLength,
  );

/** The value of an attribute of a tag; empty without one. */
export function attributeOf(tag: string, name: string): string {
  const [, double, single, bare] =
    new RegExp(`\\s${name}\\s{0,9}=\\s{0,9}(?:"([^"]*)"|'([^']*)'|([^\\s"'>]+))`, 'i').exec(tag) ?? [];
  return (double ?? single ?? bare ?? '').trim();
}
