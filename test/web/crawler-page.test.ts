import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readSettings } from '../../src/domain/settings.ts';
import { crawlerPage } from '../../src/web/pages/crawler.ts';
import { openTestWire, type TestWire } from './wire.ts';

let wire: TestWire;
beforeAll(async () => {
  wire = await openTestWire({
    TITLE: 'Danube Desk',
    PUBLIC_URL: 'https://wire.example/news/',
    CONTACT: 'desk@wire.example',
  });
});
afterAll(() => wire[Symbol.asyncDispose]());

describe('/crawler', () => {
  it('is where the User-Agent leads, and says who asks, how often, and how to be left alone', async () => {
    const { USER_AGENT } = readSettings({ TITLE: 'Danube Desk', PUBLIC_URL: 'https://wire.example/news/' });
    expect(USER_AGENT).toBe('Courant/0.1 (Danube Desk; +https://wire.example/news/crawler)');
    const response = await fetch(`${wire.url}/news/crawler`);
    const text = await response.text();
    expect(response.status).toBe(200);
    expect(text).toContain(`User-Agent: ${USER_AGENT}`);
    expect(text).toContain('User-agent: Courant\nDisallow: /');
    expect(text).toContain('one request a second');
    expect(text).toContain('desk@wire.example');
  });

  it('tells the pace that is set, and the name in a User-Agent of the operator', () => {
    const page = (env: Record<string, string>) => crawlerPage(readSettings(env)).markup;
    expect(page({ RATE: '0.2' })).toContain('one request in 5 seconds');
    expect(page({ USER_AGENT: 'Mine/2 (+https://mine.example/)' })).toContain('User-agent: Mine\n');
    expect(page({})).toContain('has not said how to be reached');
    expect(page({ TITLE: '<script>' })).not.toContain('<script>');
  });
});

describe('the User-Agent', () => {
  it('can be sent as a header, whatever the wire is called, and names nothing that is not set', () => {
    expect(readSettings({}).USER_AGENT).toBe('Courant/0.1');
    expect(readSettings({ TITLE: 'Дунав (вести)' }).USER_AGENT).toBe('Courant/0.1');
    expect(readSettings({ TITLE: 'Žica; Élan (x)' }).USER_AGENT).toBe('Courant/0.1 (Zica Elan x)');
    expect(() => readSettings({ USER_AGENT: 'Мој/1' })).toThrow(/USER_AGENT: use letters/);
    expect(() => readSettings({ CONTACT: 'me' })).toThrow(/CONTACT/);
  });
});
