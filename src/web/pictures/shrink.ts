import sharp from 'sharp';
import { type PictureSize, pictureWidths } from './address.ts';

/** A picture of more pixels is refused: decoding takes four bytes for each. */
const mostPixels = 40_000_000;
/** What may be decoded, by its first bytes. SVG is not among them: it is a program. */
const signatures: readonly (readonly [offset: number, hex: string])[] = [
  [0, 'ffd8ff'], // JPEG
  [0, '89504e470d0a1a0a'], // PNG
  [0, '47494638'], // GIF
  [8, '57454250'], // WebP, after RIFF and the size
  [4, '6674797061766966'], // AVIF: ftypavif
];

/** The bytes are no picture that can be shown. */
export class PictureError extends Error {
  override readonly name = 'PictureError';
}

sharp.cache(false);
sharp.concurrency(1);

/** A picture as WebP, at most so wide, upright, without what it says of camera and place. @throws PictureError */
export async function shrink(bytes: Uint8Array, size: PictureSize): Promise<Buffer> {
  const beginning = Buffer.from(bytes.subarray(0, 16)).toString('hex');
  if (!signatures.some(([offset, hex]) => beginning.startsWith(hex, offset * 2)))
    throw new PictureError('not a JPEG, PNG, GIF, WebP or AVIF picture');
  try {
    return await sharp(bytes, { limitInputPixels: mostPixels, failOn: 'error' })
      .rotate()
      .resize({ width: pictureWidths[size], height: pictureWidths[size], fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 72, effort: 3 })
      .timeout({ seconds: 10 })
      .toBuffer();
  } catch (cause) {
    throw new PictureError((cause as Error).message, { cause });
  }
}
