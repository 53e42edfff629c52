import { promisify } from 'node:util';
import { brotliDecompress, constants, gunzip, inflate, inflateRaw, zstdDecompress } from 'node:zlib';

/** The content could not be decompressed, or is larger than allowed. */
export class DecompressError extends Error {
  override readonly name = 'DecompressError';
  readonly tooLarge: boolean;

  constructor(message: string, tooLarge: boolean, options?: ErrorOptions) {
    super(message, options);
    this.tooLarge = tooLarge;
  }
}

const gunzipAsync = promisify(gunzip);
const inflateAsync = promisify(inflate);
const inflateRawAsync = promisify(inflateRaw);
const brotliAsync = promisify(brotliDecompress);
const zstdAsync = promisify(zstdDecompress);

// Servers that leave out the trailer are common and browsers read them, so the end of input only flushes.
const zlibFlush = { finishFlush: constants.Z_SYNC_FLUSH, chunkSize: 1 << 17 };
const brotliFlush = { finishFlush: constants.BROTLI_OPERATION_FLUSH, chunkSize: 1 << 17 };

async function decompressOnce(body: Uint8Array, coding: string, maxOutputLength: number): Promise<Uint8Array> {
  switch (coding) {
    case 'gzip':
    case 'x-gzip':
      // Labelled gzip but plain: what the body says counts.
      return body[0] === 0x1f && body[1] === 0x8b ? gunzipAsync(body, { ...zlibFlush, maxOutputLength }) : body;
    case 'deflate':
      // RFC 9110 means zlib, but raw deflate is sent as well; a zlib stream names method 8 in its first byte.
      return ((body[0] ?? 0) & 15) === 8
        ? inflateAsync(body, { ...zlibFlush, maxOutputLength })
        : inflateRawAsync(body, { ...zlibFlush, maxOutputLength });
    case 'br':
      return brotliAsync(body, { ...brotliFlush, maxOutputLength });
    case 'zstd':
      return zstdAsync(body, { maxOutputLength, chunkSize: 1 << 17 });
    case 'identity':
    case '':
      return body;
    default:
      throw new DecompressError(`content coding '${coding}' is not known`, false);
  }
}

/**
 * Undoes `Content-Encoding` (gzip, deflate, br, zstd, at most two of them), off the event loop. Throws
 * DecompressError when the content is corrupt or grows beyond `maxBytes`; a bomb costs no more than `maxBytes`.
 */
export async function decompress(
  body: Uint8Array,
  encoding: string | undefined,
  maxBytes: number,
): Promise<Uint8Array> {
  const codings = (encoding ?? '')
    .toLowerCase()
    .split(',')
    .map((coding) => coding.trim());
  if (codings.length > 2) throw new DecompressError('more than two content codings', false);
  let content = body;
  for (const coding of codings.toReversed()) {
    if (content.length === 0) return content;
    try {
      content = await decompressOnce(content, coding, maxBytes);
    } catch (error) {
      if (error instanceof DecompressError) throw error;
      const tooLarge = error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE';
      const message = tooLarge ? `more than ${maxBytes} bytes after decompression` : `the ${coding} content is corrupt`;
      throw new DecompressError(message, tooLarge, { cause: error });
    }
  }
  return content;
}
