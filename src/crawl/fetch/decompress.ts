import { Buffer } from 'node:buffer';
import type { Transform } from 'node:stream';
import {
  constants,
  crc32,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from 'node:zlib';

/** The content could not be decompressed, or is larger than allowed. */
export class DecompressError extends Error {
  override readonly name = 'DecompressError';
  readonly tooLarge: boolean;

  constructor(message: string, tooLarge: boolean, options?: ErrorOptions) {
    super(message, options);
    this.tooLarge = tooLarge;
  }
}

export interface Bounds {
  readonly maxBytes: number;
  /** What is more is left away, instead of being an error. */
  readonly cut?: boolean | undefined;
}

const chunkSize = 1 << 17;
// Servers that leave out the trailer are common and browsers read them, so the end of input only flushes.
const zlibOptions = { finishFlush: constants.Z_SYNC_FLUSH, chunkSize };

/** What comes out of the stream, off the event loop; a bomb costs no more than `maxBytes`. */
async function pour(stream: Transform, body: Uint8Array, { maxBytes, cut }: Bounds): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  stream.end(body);
  for await (const chunk of stream as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    chunks.push(chunk);
    if (length <= maxBytes) continue;
    if (!cut) throw new DecompressError(`more than ${maxBytes} bytes after decompression`, true);
    break;
  }
  return Buffer.concat(chunks, Math.min(length, maxBytes));
}

const isGzip = (body: Uint8Array): boolean => body[0] === 0x1f && body[1] === 0x8b && body[2] === 8;
/** Method 8 and a check sum over the first two bytes (RFC 1950). */
const isZlib = ([first = 0, second = 0]: Uint8Array): boolean =>
  (first & 15) === 8 && ((first << 8) | second) % 31 === 0;

/** Text of any encoding that is not UTF-16: no control characters but white space and escape. */
function looksLikeText(body: Uint8Array): boolean {
  return body.subarray(0, 512).every((byte) => byte > 31 || (byte >= 9 && byte <= 13) || byte === 27);
}

/** Bytes before the compressed data of a gzip member (RFC 1952, 2.3). */
function gzipHeaderLength(body: Uint8Array): number {
  const flags = body[3] ?? 0;
  let at = 10;
  if (flags & 4) at += 2 + (body[at] ?? 0) + 256 * (body[at + 1] ?? 0);
  for (const named of [8, 16]) if (flags & named) at = body.indexOf(0, at) + 1 || body.length;
  return flags & 2 ? at + 2 : at;
}

async function gunzip(body: Uint8Array, bounds: Bounds): Promise<Uint8Array> {
  try {
    return await pour(createGunzip(zlibOptions), body, bounds);
  } catch (error) {
    if (error instanceof DecompressError) throw error;
    // Bytes behind the end, that are no further member, are passed over as every browser does.
    const start = gzipHeaderLength(body);
    const stream = createInflateRaw({ chunkSize });
    const content = await pour(stream, body.subarray(start), bounds);
    const sum = Buffer.alloc(4);
    sum.writeUInt32LE(crc32(content));
    if (!sum.equals(body.subarray(start + stream.bytesWritten).subarray(0, 4))) throw error;
    return content;
  }
}

/** By what the bytes are, where they tell; else by the label. Undefined: they are not compressed. */
function readerOf(body: Uint8Array, coding: string): ((bounds: Bounds) => Promise<Uint8Array>) | undefined {
  if (isGzip(body)) return (bounds) => gunzip(body, bounds);
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      return isZlib(body) ? (bounds) => pour(createInflate(zlibOptions), body, bounds) : undefined;
    case 'deflate':
      // RFC 9110 means zlib, but raw deflate is sent as well.
      return (bounds) => pour(isZlib(body) ? createInflate(zlibOptions) : createInflateRaw(zlibOptions), body, bounds);
    case 'br':
      return (bounds) =>
        pour(createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH, chunkSize }), body, bounds);
    case 'zstd':
      return (bounds) => pour(createZstdDecompress({ chunkSize }), body, bounds);
    default:
      return undefined;
  }
}

const known = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'identity', 'none', '']);

async function decompressOnce(body: Uint8Array, coding: string, bounds: Bounds): Promise<Uint8Array> {
  const read = readerOf(body, coding);
  if (read === undefined) {
    if (!known.has(coding) && !looksLikeText(body))
      throw new DecompressError(`content coding '${coding}' is not known`, false);
    return body;
  }
  try {
    return await read(bounds);
  } catch (error) {
    if (error instanceof DecompressError) throw error;
    // A label that is not true (`br`, `deflate`, `utf-8` on plain text) is not believed.
    if (looksLikeText(body)) return body;
    throw new DecompressError(`the ${coding || 'gzip'} content is corrupt`, false, { cause: error });
  }
}

/**
 * Undoes `Content-Encoding` (gzip, deflate, br, zstd, at most two of them), off the event loop; what the bytes are
 * counts more than what the label says. Throws DecompressError when the content is corrupt or grows beyond the bounds.
 */
export async function decompress(body: Uint8Array, encoding: string | undefined, bounds: Bounds): Promise<Uint8Array> {
  const codings = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  if (codings.length > 2) throw new DecompressError('more than two content codings', false);
  let content = body;
  for (const coding of codings.toReversed()) {
    if (content.length === 0) return content;
    content = await decompressOnce(content, coding, bounds);
  }
  return content;
}
