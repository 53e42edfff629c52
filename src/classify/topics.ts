/** One of the 17 top-level IPTC Media Topics (https://cv.iptc.org/newscodes/mediatopic/). */
export interface Topic {
  /** The concept's code, `15000000`. */
  readonly id: string;
  /** The word that stands for it in addresses, `sport`. */
  readonly slug: string;
  /** IPTC's English name. */
  readonly name: string;
}

/** The top level of IPTC Media Topics, in IPTC's order. */
export const topics: readonly Topic[] = [
  { id: '01000000', slug: 'arts', name: 'arts, culture, entertainment and media' },
  { id: '02000000', slug: 'crime', name: 'crime, law and justice' },
  { id: '03000000', slug: 'disaster', name: 'disaster, accident and emergency incident' },
  { id: '04000000', slug: 'economy', name: 'economy, business and finance' },
  { id: '05000000', slug: 'education', name: 'education' },
  { id: '06000000', slug: 'environment', name: 'environment' },
  { id: '07000000', slug: 'health', name: 'health' },
  { id: '08000000', slug: 'human-interest', name: 'human interest' },
  { id: '09000000', slug: 'labour', name: 'labour' },
  { id: '10000000', slug: 'lifestyle', name: 'lifestyle and leisure' },
  { id: '11000000', slug: 'politics', name: 'politics and government' },
  { id: '12000000', slug: 'religion', name: 'religion' },
  { id: '13000000', slug: 'science', name: 'science and technology' },
  { id: '14000000', slug: 'society', name: 'society' },
  { id: '15000000', slug: 'sport', name: 'sport' },
  { id: '16000000', slug: 'conflict', name: 'conflict, war and peace' },
  { id: '17000000', slug: 'weather', name: 'weather' },
];

const bySlug = new Map(topics.flatMap((topic) => [[topic.slug, topic] as const, [topic.id, topic] as const]));

/** The topic that an address names, by slug (`sport`) or code (`15000000`), in any case. */
export const topicBySlug = (slug: string): Topic | undefined => bySlug.get(slug.toLowerCase());
