import type { AddressReader } from './address.ts';
import type { Enclosure, Media } from './document.ts';
import type { Field, Fields } from './fields.ts';
import { isWebAddress, relationOf } from './links.ts';
import { positive } from './texts.ts';

/** Pictures, films and other files of an item. */
export interface Files {
  readonly enclosures: readonly Enclosure[];
  readonly media: readonly Media[];
  /** The widest picture. */
  readonly image: string | undefined;
}

export function readFiles(item: Fields, address: AddressReader): Files {
  const asMedia = (field: Field): Media => ({
    ...enclosureOf(field, address),
    medium: field.attributes.medium,
    width: positive(field.attributes.width),
    height: positive(field.attributes.height),
  });
  const contents = item('media-content').map(asMedia);
  const thumbnails = item('media-thumbnail').map(asMedia);
  const enclosures = [
    ...item('rss-enclosure'),
    ...item('atom-link').filter((link) => relationOf(link) === 'enclosure'),
  ].map((field) => enclosureOf(field, address));
  return {
    enclosures: enclosures.filter(({ url }) => url !== ''),
    media: [...contents, ...thumbnails].filter(({ url }) => url !== ''),
    image:
      widest([...contents.filter(isPicture), ...thumbnails]) ??
      enclosures.find(isPicture)?.url ??
      namedPicture(item, address) ??
      // Nothing says what it is: what stands with a story is mostly its picture.
      widest(contents.filter(mayBePicture)),
  };
}

function enclosureOf({ attributes, text }: Field, address: AddressReader): Enclosure {
  return {
    url: address(attributes.url ?? attributes.href ?? text, attributes.base) ?? '',
    type: attributes.type || undefined,
    length: positive(attributes.length ?? attributes.filesize),
  };
}

const pictureEnding = /\.(?:jpe?g|png|webp|gif|avif)(?:$|\?)/i;
const otherEnding =
  /\.(?:mp[34]|m4[av]|m3u8|mpd|webm|og[gv]|wav|aac|mov|avi|wmv|flv|swf|pdf|html?|php|aspx?|js|zip)(?:$|\?)/i;

const isPicture = ({ type, medium, url }: Media): boolean =>
  url !== '' &&
  (/^(?:image|photo|picture)/i.test(medium ?? '') ||
    /^image(?:\/|$)/i.test(type ?? '') ||
    (!medium && !type && pictureEnding.test(url)));

const mayBePicture = ({ type, medium, url }: Media): boolean => !type && !medium && !otherEnding.test(url);

const widest = (pictures: readonly Media[]): string | undefined =>
  pictures
    .filter(({ url }) => url !== '')
    .reduce<Media | undefined>((best, one) => (best && (best.width ?? 0) >= (one.width ?? 0) ? best : one), undefined)
    ?.url;

/** `<image href>`, `<image url>`, `<image>address</image>`, and `<image><url>address</url></image>` as a channel has it. */
function namedPicture(item: Fields, address: AddressReader): string | undefined {
  for (const { text, attributes } of [...item('rss-image'), ...item('itunes-image'), ...item('rss-thumbnail')]) {
    const inner = /<url>\s*([^<]+)/i.exec(text)?.[1] ?? /<img\b[^>]*?\ssrc\s*=\s*["']([^"']+)/i.exec(text)?.[1];
    const found = attributes.url || attributes.href || inner || (isWebAddress(text) ? text : undefined);
    const url = address(found, attributes.base);
    if (url !== undefined) return url;
  }
  return undefined;
}
