import { Buffer } from 'node:buffer';
import fc from 'fast-check';
import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { mendTwiceEncoded } from '../../src/text/twice-encoded.ts';

const texts = [
  'Die Fähre über die Förde fährt „den ganzen Winter“, sagte die Bäckerin.',
  'Łódź łączy targ rybny z północnym nabrzeżem i przewozi uczniów.',
  'Паром через Белую будет ходить всю зиму, решили депутаты.',
  '渡船将在整个冬天继续运行，镇议会周二晚间作出决定。',
  'The choir sang 🎶 on the quay – “again”, said the café’s owner.',
];

describe('text that was encoded twice', () => {
  it.each(texts)('is turned back, read as Latin-1 or windows-1252: %s', (text) => {
    const bytes = Buffer.from(text);
    expect(mendTwiceEncoded(bytes.toString('latin1'))).toBe(text);
    // windows-1252 gives five bytes no meaning; the standard decoder keeps them, as browsers do.
    expect(mendTwiceEncoded(new TextDecoder('windows-1252').decode(bytes))).toBe(text);
  });

  it.each([
    ...texts,
    'Der „Spaß“ kostet 3 € – „Gruß“, „Fuß“ und „Maß“ über alles, für Bäcker.',
    'NÃO É À TOA: “AÇÃO” e “NAÇÃO”',
  ])('is not seen in text that is right: %s', (text) => expect(mendTwiceEncoded(text)).toBe(text));

  it('is mended among lines of ASCII, and left where most of the page is right', () => {
    const broken = iconv.decode(Buffer.from('café, naïve, résumé'), 'latin1');
    expect(mendTwiceEncoded(`<p>Plain words.</p><p>${broken}</p>`)).toBe(
      '<p>Plain words.</p><p>café, naïve, résumé</p>',
    );
    const right = 'Überall fährt die Fähre früh, für Schüler, Köche und Bäcker, über die Förde.';
    expect(mendTwiceEncoded(right + broken)).toBe(right + broken);
  });

  it('adds no character', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const mended = mendTwiceEncoded(text);
        expect(mended.length).toBeLessThanOrEqual(text.length);
      }),
    );
  });
});
