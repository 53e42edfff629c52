import { promisify } from 'node:util';
import { constants, gunzip } from 'node:zlib';
import { decodeBytes } from '../../src/text/charset.ts';
import { FeedError } from './feed-error.ts';

/**
 * A document as it came from the network → text, gunzipped if need be, in whatever encoding it is.
 *
 * @param contentType the header `Content-Type`
 * @param maxBytes upper bound of the plain bytes
 * @throws FeedError `too-large`, or `damaged` when the gzip stream cannot be read
 */
export async function decodeDocument(
  body: Uint8Array | string,
  contentType: string | undefined,
  maxBytes: number,
): Promise<string> {
  if (typeof body === 'string') {
    if (body.length > maxBytes) throw tooLarge(maxBytes);
    return body.replace(/^\ufeff+/, '');
  }
  let bytes = body;
  // Some servers compress what is compressed already.
  for (let round = 0; round < 2 && bytes[0] === 0x1f && bytes[1] === 0x8b; round++)
    bytes = await unzip(bytes, maxBytes);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  return decodeBytes(bytes, contentType);
}

async function unzip(bytes: Uint8Array, maxBytes: number): Promise<Uint8Array> {
  try {
    // Z_SYNC_FLUSH gives what a stream that was cut off still holds.
    return await promisify(gunzip)(bytes, { maxOutputLength: maxBytes, finishFlush: constants.Z_SYNC_FLUSH });
  } catch (error) {
    if (error instanceof RangeError) throw tooLarge(maxBytes);
    throw new FeedError('damaged', 'The document says that it is gzip, but cannot be decompressed.', { cause: error });
  }
}

const tooLarge = (maxBytes: number): FeedError =>
  new FeedError('too-large', `The document is larger than ${maxBytes} bytes; raise the limit if that is right.`);
