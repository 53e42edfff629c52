/**
 * The lines of a stream of UTF-8, each as soon as it is whole, without their line feeds. Node's own reader of lines ends one at U+2028 and
 * U+2029 too, which may stand in the texts of JSON as they are. A byte order mark before the first is no part of it.
 */
export async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const parts: Buffer[] = [];
  let isFirst = true;
  const take = (): string => {
    const line = Buffer.concat(parts.splice(0)).toString('utf8');
    const mark = isFirst && line.startsWith('\u{feff}');
    isFirst = false;
    return mark ? line.slice(1) : line;
  };
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      parts.push(chunk.subarray(from, end));
      from = end + 1;
      yield take();
    }
    if (from < chunk.length) parts.push(chunk.subarray(from));
  }
  if (parts.length > 0) yield take();
}
