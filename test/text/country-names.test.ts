import { describe, expect, it } from 'vitest';
import { countryAt } from '../../src/text/country-names.ts';

describe('countryAt', () => {
  it('knows one country by its names in many languages', () => {
    for (const name of ['greece', 'grecia', 'griekenland', 'grèce', 'griechenland', 'греция', 'ελλάδα', 'grčka'])
      expect([name, countryAt(name, undefined)]).toEqual([name, 'GR']);
  });

  it('knows names of two words, and takes no part of them for another country', () => {
    expect(countryAt('estados', 'unidos')).toBe('US');
    expect(countryAt('south', 'korea')).toBe('KR');
    expect(countryAt('korea', 'selatan')).toBe('KR');
    expect(countryAt('south', 'bank')).toBeUndefined();
  });

  it('knows no other words', () => {
    for (const word of ['', 'river', 'constructor', '__proto__', '12']) expect(countryAt(word, word)).toBeUndefined();
  });
});
