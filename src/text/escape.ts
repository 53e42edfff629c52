/** Plain text → HTML or XML, fit for an attribute in double quotes too. */
export const escapeMarkup = (text: string): string =>
  /[&<>"]/.test(text)
    ? text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
    : text;
