import type { Rights } from '../../src/domain/rights.ts';
import type { AddressReader } from './address.ts';
import type { Fields } from './fields.ts';
import { isWebAddress, relationOf } from './links.ts';

/** Uses of RSL that hold one of ours within them. */
const covering = {
  aiTrain: ['ai-train', 'ai-all', 'all'],
  aiInput: ['ai-input', 'ai-use', 'ai-all', 'all'],
  search: ['search', 'all'],
} as const satisfies Partial<Record<keyof Rights, readonly string[]>>;

/** What costs nothing. */
const isFree = /^(?:free|attribution)$/;

/**
 * What a feed or an item says of its use by Really Simple Licensing 1.0 (rslstandard.org): a use that is prohibited, that a list of
 * permitted ones leaves out, or that must be paid for is none that the wire can grant. Undefined where nothing is said.
 */
export function readRights(fields: Fields, address: AddressReader): Rights | undefined {
  const usesIn = (name: string): readonly string[] =>
    fields(name)
      .filter(({ attributes }) => /^(?:usage)?$/i.test(attributes.type ?? ''))
      .flatMap(({ text }) =>
        text
          .toLowerCase()
          .split(/[\s,]+/)
          .filter(Boolean),
      );
  const [permitted, prohibited] = [usesIn('rsl-permits'), usesIn('rsl-prohibits')];
  const isPaid = fields('rsl-payment').some(({ attributes }) => !isFree.test(attributes.type ?? 'free'));
  const rights: { -readonly [Key in keyof Rights]: Rights[Key] } = {};
  for (const use of Object.keys(covering) as (keyof typeof covering)[]) {
    const isIn = (uses: readonly string[]): boolean => covering[use].some((name) => uses.includes(name));
    if (isIn(prohibited)) rights[use] = false;
    else if (permitted.length > 0) rights[use] = isIn(permitted) && !isPaid;
    else if (isPaid && use !== 'search') rights[use] = false;
  }
  const license = licenceOf(fields, address);
  if (license !== undefined) rights.license = license;
  return Object.keys(rights).length > 0 ? rights : undefined;
}

/** The terms that RSL names, or the link to a licence (RFC 4946). */
function licenceOf(fields: Fields, address: AddressReader): string | undefined {
  const named = [...fields('rsl-standard'), ...fields('rsl-terms')].map(({ text }) => text.trim()).find(isWebAddress);
  if (named !== undefined) return named;
  const link = fields('atom-link').find((one) => relationOf(one) === 'license');
  return link && address(link.attributes.href, link.attributes.base);
}
