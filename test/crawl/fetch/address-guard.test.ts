import { promisify } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isPublicAddress,
  isPublicHost,
  publicLookup,
  refusePrivateName,
} from '../../../src/crawl/fetch/address-guard.ts';

describe('isPublicAddress', () => {
  it.each(['8.8.8.8', '2606:4700::1111', '::ffff:8.8.8.8', '64:ff9b::808:808', '193.0.6.139'])('%s is public', (ip) => {
    expect(isPublicAddress(ip)).toBe(true);
  });

  it.each(['', 'news.example', '2002:7f00:1::', '2001:0:7f00:1::', '224.0.0.1', '255.255.255.255', '::'])(
    "'%s' is not",
    (ip) => {
      expect(isPublicAddress(ip)).toBe(false);
    },
  );

  it('an IPv4 address is as public as its IPv6 forms', () => {
    fc.assert(
      fc.property(fc.ipV4(), (ip) => {
        expect(isPublicAddress(`::ffff:${ip}`)).toBe(isPublicAddress(ip));
        expect(isPublicAddress(`64:ff9b::${ip}`)).toBe(isPublicAddress(ip));
        expect(isPublicAddress(`::${ip}`)).toBe(isPublicAddress(ip));
      }),
    );
  });
});

it('a name that leads to loopback is not looked up', async () => {
  const lookup = promisify(publicLookup);
  await expect(lookup('localhost', {})).rejects.toMatchObject({ code: 'ERR_PRIVATE_ADDRESS' });
});

describe('isPublicHost', () => {
  it.each([
    ['http://news.example/', true],
    ['http://news.example./', true],
    ['http://8.8.8.8/', true],
    ['http://[::127.0.0.1]/', false],
    ['http://[::ffff:10.0.0.1]/', false],
    ['http://localhost/', false],
    ['http://paper.LOCALHOST/', false],
    ['http://nas.lan/', false],
    ['http://nas.home.arpa./', false],
    ['http://intranet/', false],
    ['http://plan.example/', true],
    [`http://${'a.'.repeat(60_000)}example/`, false],
  ])('%s: %s', (url, isPublic) => {
    expect(isPublicHost(new URL(url))).toBe(isPublic);
  });
});

describe('a name on its way to a proxy', () => {
  it('is refused where it leads into the private network, and left to the proxy where it is not known here', async () => {
    await expect(refusePrivateName('localhost')).rejects.toMatchObject({ code: 'ERR_PRIVATE_ADDRESS' });
    await refusePrivateName('8.8.8.8');
    await refusePrivateName('paper.example', (_, __, callback) =>
      callback(Object.assign(new Error('not known'), { code: 'ENOTFOUND' }), []),
    );
  });
});
