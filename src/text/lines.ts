/**
 * The lines of a stream of UTF-8, each as soon as it is whole, without their line feeds. Node's own reader of lines ends one at U+2028 and
 * U+2029 too, which may stand in the texts of JSON as they are.
 */
export async function* linesOf(stream: AsyncIterable<Buffer>): AsyncGenerator<string> {
  const parts: Buffer[] = [];
  const take = (): string => Buffer.concat(parts.splice(0)).toString('utf8');
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
