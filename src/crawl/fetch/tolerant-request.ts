import { Buffer } from 'node:buffer';
import { connect as connectPlain, type LookupFunction, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

/** An answer as it stands on the wire: header lines that are none are passed over. */
export interface RawAnswer {
  readonly status: number;
  /** Names in lower case; several of one name joined with a comma. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface RawRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly lookup?: LookupFunction | undefined;
  /** An http proxy, for http addresses. */
  readonly proxy?: URL | undefined;
  readonly maxHeaderBytes: number;
  readonly maxBodyBytes: number;
  readonly signal: AbortSignal;
}

/** The answer breaks HTTP beyond what any browser reads, or ends before its announced length. */
export class BrokenAnswerError extends Error {
  override readonly name = 'BrokenAnswerError';
}

/**
 * Asks once more for what a strict parser of HTTP refused, and reads the answer as curl and browsers do: lines that are
 * no headers are passed over, folded lines joined, `Content-Length` may be given twice or as `n, n`, and counts for
 * nothing beside chunks. One connection, closed after the answer.
 */
export async function requestTolerantly(url: URL, options: RawRequest): Promise<RawAnswer> {
  const { signal, maxHeaderBytes, maxBodyBytes, proxy } = options;
  // The proxy itself may stand in the private network.
  const socket = proxy ? open(proxy, undefined) : open(url, options.lookup);
  const stop = () => socket.destroy(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
  signal.throwIfAborted();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const lines = Object.entries({ host: url.host, ...options.headers, connection: 'close' });
    const head = lines.map(([name, value]) => `${name}: ${value.replace(/[\r\n\0]/g, ' ')}\r\n`).join('');
    socket.write(`GET ${proxy ? url.href : url.pathname + url.search} HTTP/1.1\r\n${head}\r\n`);
    return readAnswer(await readAll(socket, maxHeaderBytes + 2 * maxBodyBytes + 1024), options);
  } finally {
    signal.removeEventListener('abort', stop);
    socket.destroy();
  }
}

function open(url: URL, lookup: LookupFunction | undefined): Socket {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const guarded = lookup && { lookup };
  return url.protocol === 'https:'
    ? connectTls({ host, port: Number(url.port) || 443, servername: host, ...guarded })
    : connectPlain({ host, port: Number(url.port) || 80, ...guarded });
}

async function readAll(socket: Socket, most: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    length += chunk.length;
    if (length > most) break;
  }
  return Buffer.concat(chunks, length);
}

/** Reads one answer out of the bytes of a connection that was closed after it. */
export function readAnswer(
  bytes: Buffer,
  { maxHeaderBytes, maxBodyBytes }: Pick<RawRequest, 'maxHeaderBytes' | 'maxBodyBytes'>,
): RawAnswer {
  const end = endOfHead(bytes, maxHeaderBytes);
  if (end === undefined) throw new BrokenAnswerError('the answer has no end of its headers');
  const [first = '', ...lines] = bytes.subarray(0, end.at).toString('latin1').split('\n');
  const status = Number(/^(?:HTTP\/\d(?:\.\d)?|ICY) +(\d{3})/.exec(first.trim())?.[1]);
  // '100 Continue' that nobody asked for comes before the answer.
  if (status >= 100 && status < 200 && end.at + end.length < bytes.length)
    return readAnswer(bytes.subarray(end.at + end.length), { maxHeaderBytes: maxHeaderBytes - end.at, maxBodyBytes });
  if (!(status >= 200)) throw new BrokenAnswerError('the answer has no status');
  const headers = headersOf(lines);
  const rest = bytes.subarray(end.at + end.length);
  if (/chunked/i.test(headers['transfer-encoding'] ?? ''))
    return { status, headers, body: unchunk(rest, maxBodyBytes) };
  const lengths = new Set(
    (headers['content-length'] ?? '').split(',').flatMap((one) => /^\s*(\d+)\s*$/.exec(one)?.[1] ?? []),
  );
  if (lengths.size > 1) throw new BrokenAnswerError('the answer announces two lengths');
  const [announced] = lengths;
  if (announced !== undefined && rest.length < Number(announced))
    throw new BrokenAnswerError('the answer is shorter than announced');
  return { status, headers, body: rest.subarray(0, Math.min(Number(announced ?? rest.length), maxBodyBytes + 1)) };
}

/** The empty line, ended by CR LF or by LF alone. */
function endOfHead(bytes: Buffer, most: number): { readonly at: number; readonly length: number } | undefined {
  const head = bytes.subarray(0, most + 4);
  const marks = ['\r\n\r\n', '\n\n', '\n\r\n'].map((mark) => ({
    at: head.indexOf(mark, 0, 'latin1'),
    length: mark.length,
  }));
  return marks.filter(({ at }) => at >= 0).sort((a, b) => a.at - b.at)[0];
}

function headersOf(lines: readonly string[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null);
  let last: string | undefined;
  for (const raw of lines) {
    const line = raw.trimEnd();
    if (last !== undefined && /^[ \t]/.test(line)) {
      headers[last] += ` ${line.trim()}`;
      continue;
    }
    const colon = line.indexOf(':');
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    last = /^[\w!#$%&'*+.^`|~-]+$/.test(name) ? name : undefined;
    if (last === undefined) continue;
    const value = line.slice(colon + 1).trim();
    headers[last] = last in headers ? `${headers[last]}, ${value}` : value;
  }
  return headers;
}

/** Takes chunks apart; extensions and blanks behind a size are passed over, a missing last chunk as well. */
function unchunk(bytes: Buffer, most: number): Buffer {
  const chunks: Buffer[] = [];
  let at = 0;
  let length = 0;
  while (at < bytes.length && length <= most) {
    const lineEnd = bytes.indexOf('\n', at);
    const size = Number.parseInt(
      bytes
        .subarray(at, lineEnd < 0 ? undefined : lineEnd)
        .toString('latin1')
        .trim(),
      16,
    );
    if (lineEnd < 0 || !(size >= 0)) throw new BrokenAnswerError('the answer has a broken chunk');
    if (size === 0) return Buffer.concat(chunks, length);
    const chunk = bytes.subarray(lineEnd + 1, lineEnd + 1 + size);
    if (chunk.length < size) throw new BrokenAnswerError('the answer ends within a chunk');
    chunks.push(chunk);
    length += size;
    at = lineEnd + 1 + size;
    while (bytes[at] === 13 || bytes[at] === 10) at++;
  }
  return Buffer.concat(chunks, length);
}
