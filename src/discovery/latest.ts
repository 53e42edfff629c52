/** The latest date that a list of links gives. */
export const latestOf = (
  links: readonly { readonly published?: string | undefined; readonly updated?: string | undefined }[],
): string | undefined =>
  links
    .map(({ published, updated }) => published ?? updated)
    .filter((date) => date !== undefined)
    .sort()
    .at(-1);
