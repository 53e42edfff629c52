/**
 * A path whose percent escapes are none (`/region/%F0%28`, `/100%`) means what it says, letter by letter: so it is looked for like any other
 * name, and what is not there is told in the form of the page, the feed or the protocol. The router would refuse it before all of that.
 * @param url path and query, as asked
 */
export function literalPath(url: string): string {
  const end = url.search(/[?#]|$/);
  const path = url.slice(0, end);
  try {
    decodeURIComponent(path);
    return url;
  } catch {
    return path.replaceAll('%', '%25') + url.slice(end);
  }
}
