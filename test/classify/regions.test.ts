import { describe, expect, it } from 'vitest';
import { countryName, isCountry, regionBySlug, regions } from '../../src/classify/regions.ts';
import { rollUp } from '../../src/classify/roll-up.ts';
import { topicBySlug, topics } from '../../src/classify/topics.ts';

describe('regions', () => {
  it('are found by slug and by id, each its own', () => {
    for (const region of regions) {
      expect(regionBySlug(region.slug)).toBe(region);
      expect(regionBySlug(region.id)).toBe(region);
      expect(region.countries.every(isCountry)).toBe(true);
    }
    expect(regionBySlug('Balkans')?.countries).toContain('RS');
    expect(regionBySlug('southern-europe')?.id).toBe('039');
    expect(regionBySlug('atlantis')).toBeUndefined();
  });

  it('name countries in any language', () => {
    expect(countryName('RS')).toBe('Serbia');
    expect(countryName('de', 'sr-Latn')).toBe('Nemačka');
    expect(countryName('XK')).toBe('Kosovo');
    expect(countryName('ZZ')).toBeUndefined();
  });
});

describe('rollUp', () => {
  const label = (id: string, confidence: number) => ({ id, confidence, origin: 'text' as const, evidence: [] });

  it('is as sure of a region as of the surest of its countries', () => {
    const rolled = rollUp([label('RS', 0.8), label('HR', 0.3)], [], regions);
    expect(rolled.find((region) => region.id === 'balkans')).toEqual({
      id: 'balkans',
      confidence: 0.8,
      origin: 'text',
      evidence: ['RS', 'HR'],
    });
    expect(rolled.find((region) => region.id === 'eu')?.confidence).toBe(0.3);
  });

  it('keeps regions that the text names', () => {
    expect(rollUp([], [{ ...label('balkans', 0.6), evidence: ['Balkans'] }], regions)[0]?.evidence).toEqual([
      'Balkans',
    ]);
  });
});

describe('topics', () => {
  it('are the 17 of IPTC, found by slug and by code', () => {
    expect(topics).toHaveLength(17);
    for (const topic of topics) {
      expect(topicBySlug(topic.slug)).toBe(topic);
      expect(topicBySlug(topic.id)).toBe(topic);
    }
    expect(topicBySlug('nonsense')).toBeUndefined();
  });
});
