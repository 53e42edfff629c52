import { describe, expect, it } from 'vitest';
import { loadClassifier } from '../../src/classify/classify.ts';
import { customRule } from '../../src/classify/custom-classifier.ts';
import { CustomRegionSchema, CustomTopicSchema } from '../../src/classify/custom-label-schema.ts';

const energy = CustomTopicSchema.parse({
  id: 'energy',
  name: 'Energy',
  any: ['gas pipeline', 'electric*', 'нефть', 'C++ (grid)'],
  not: ['electric guitar'],
  parent: 'economy',
  threshold: 2,
});

describe('customRule', () => {
  const found = (title: string, body: string) => customRule(energy)(title, body).map(({ id }) => id);

  it('gives the topic and its parent when enough different terms stand in the text', () => {
    expect(found('', 'The gas  pipeline feeds an electricity plant.')).toEqual(['energy', '04000000']);
    expect(found('Electricity prices rise', 'No more.')).toEqual(['energy', '04000000']);
    expect(found('', 'Electricity, electricity, electricity.')).toEqual([]);
    expect(found('', 'Нефть и electrical grid')).toEqual(['energy', '04000000']);
  });

  it('gives nothing when a term stands that must not', () => {
    expect(found('Electricity', 'He plays the electric guitar near the gas pipeline.')).toEqual([]);
    expect(found('Electricity', 'The gas pipeline.')).toEqual(['energy', '04000000']);
  });

  it('takes terms as they are, also with signs of regular expressions', () => {
    expect(found('', 'C++ (grid) and electricity')).toEqual(['energy', '04000000']);
  });

  it('finds whole words only', () => {
    expect(found('', 'bioelectric hydroelectric')).toEqual([]);
  });
});

describe('settings of the operator', () => {
  it('say what was expected', () => {
    const wrong = CustomTopicSchema.safeParse({ id: 'Energy!', name: 'E', any: [], parent: 'money' });
    expect(wrong.error?.issues.map(({ path }) => path[0])).toEqual(['id', 'any', 'parent']);
    expect(CustomRegionSchema.safeParse({ id: 'alps', name: 'Alps', countries: ['AT', 'XX'] }).success).toBe(false);
  });

  it('need no training', async () => {
    const alps = CustomRegionSchema.parse({ id: 'alps', name: 'Alps', countries: ['AT', 'CH', 'SI'] });
    const classifier = await loadClassifier({ topics: [energy], regions: [alps] });
    const { topics, regions } = classifier.classify({
      title: 'Austria extends its gas pipeline',
      text: 'The electricity company in Vienna said so.',
    });
    expect(topics[0]).toMatchObject({ id: 'energy', origin: 'operator' });
    expect(regions.map(({ id }) => id)).toContain('alps');
  });
});
