import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maskSetting } from '../../src/cli/mask-setting.ts';
import { resolveSettings } from '../../src/cli/settings.ts';
import { settingNames } from '../../src/domain/settings.ts';
import { runCourant } from '../support/process.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

let folder: string;
beforeAll(async () => {
  folder = temporaryFolder('settings');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const write = async (text: string): Promise<string> => {
  const file = path.join(folder, 'own.env');
  await writeFile(file, text);
  return file;
};
const environment = (values: Record<string, string>) => resolveSettings({ options: {}, environment: values });

describe('settings', () => {
  it('come from options, the environment, the file and the defaults, in this order', async () => {
    const file = await write('# mine\nPORT=1\nTITLE="From the file"\nRATE=2\n');
    const { settings, originOf } = resolveSettings({
      options: { PORT: '3' },
      environment: { PORT: '2', RATE: '4' },
      file,
    });
    expect([settings.PORT, settings.RATE, settings.TITLE, settings.HOST]).toEqual([3, 4, 'From the file', '127.0.0.1']);
    const names = ['PORT', 'RATE', 'TITLE', 'HOST'];
    expect(names.map(originOf)).toEqual(['option', 'environment', 'file', 'default']);
    const { settings: proxied, originOf: proxy } = environment({ http_proxy: 'http://proxy.example/' });
    expect([proxied.HTTP_PROXY, proxy('HTTP_PROXY')]).toEqual(['http://proxy.example/', 'environment']);
  });

  it('refuse a name in the file that is none, with its line', async () => {
    const read = async (text: string) => resolveSettings({ options: {}, environment: {}, file: await write(text) });
    await expect(read('\nPROT=1\n')).rejects.toThrow(/own\.env:2: there is no setting PROT\. Did you mean PORT\?/);
    await expect(read('port=1\n')).rejects.toThrow(/no setting port\. Did you mean PORT\?/);
    await expect(read('PORT 1\n')).rejects.toThrow(/own\.env:1: this is no line NAME=value/);
    expect(() => resolveSettings({ options: {}, environment: {}, file: 'nowhere.env' })).toThrow(/ENOENT.*--settings/);
  });

  it.each([
    ['PUBLIC_ULR', /Did you mean PUBLIC_URL/],
    ['DATABASE_URI', /Did you mean DATABASE_URL/],
    ['CRAWL_CONCURENCY', /Did you mean CRAWL_CONCURRENCY/],
    ['OPERATOR_PASWORD', /Did you mean OPERATOR_PASSWORD/],
    ['WEBHOOK', /Did you mean WEBHOOKS/],
    ['COURANT_PORT', /no prefix: set PORT/],
  ])('take %s in the environment for a slip', (name, message) => {
    expect(() => environment({ [name]: 'x' })).toThrow(message);
  });

  it('leave alone what belongs to others: near names that are known, services of Kubernetes, and what has its right name beside it', () => {
    const others = { FTP_PROXY: 'x', NO_PROXY: 'x', POST: 'x', HOSTNAME: 'x', DATE: 'x', LABEL: 'x', HOST_PORT: 'x' };
    const cluster = { COURANT_PORT: 'tcp://10.0.0.1:80', COURANT_SERVICE_HOST: 'x', REDIS_PORT: 'x' };
    const beside = { DATABASE_URI: 'x', DATABASE_URL: '' };
    expect(environment({ ...others, ...cluster, ...beside }).settings.PORT).toBe(8080);
    const every = Object.fromEntries(settingNames.map((name) => [name, '']));
    expect(environment(every).settings.PORT).toBe(8080);
  });

  it('are shown without what is secret', () => {
    expect(maskSetting('OPERATOR_PASSWORD', 'x')).toBe('(secret)');
    expect(maskSetting('WEBHOOK_SECRET', 'x')).toBe('(secret)');
    expect(maskSetting('DATABASE_URL', 'postgresql://a:geheim@h/x?sslmode=require&password=geheim')).toBe(
      'postgresql://a:***@h/x?sslmode=require&password=***',
    );
    expect(maskSetting('WEBHOOKS', ['https://hooks.example/services/T1/B2'])).toEqual(['https://hooks.example/***']);
    expect(maskSetting('ALERTS', ['ops@site.example', 'ntfy:https://:tk_1@ntfy.example/topic'])).toEqual([
      'ops@site.example',
      'ntfy:https://ntfy.example/***',
    ]);
    expect([maskSetting('PORT', 0), maskSetting('LABELS', undefined)]).toEqual([0, null]);
  });
});

describe('courant config', () => {
  it('prints every setting with its origin, and no secret', async () => {
    const file = await write('REDIS_URL=redis://:geheim@127.0.0.1:1\n');
    const words = ['config', '--json', '--port', '9', '--settings', file];
    const { code, stdout } = await runCourant(words, { env: { OPERATOR_PASSWORD: 'geheim' } });
    expect([code, stdout.includes('geheim')]).toEqual([0, false]);
    const shown = JSON.parse(stdout);
    expect(Object.keys(shown)).toEqual(settingNames);
    expect(shown.PORT).toEqual({ value: 9, from: 'option' });
    expect(shown.REDIS_URL).toEqual({ value: 'redis://:***@127.0.0.1:1', from: 'file' });
    expect(shown.OPERATOR_PASSWORD).toEqual({ value: '(secret)', from: 'environment' });
  });

  it('ends every command with one clear line on a setting that cannot be', async () => {
    for (const words of [['sources', 'list'], ['config']]) {
      const { code, stderr } = await runCourant(words, { env: { RATE: 'fast' } });
      expect([code, stderr]).toEqual([
        2,
        expect.stringMatching(/^courant: These settings cannot be used:\n {2}RATE: /),
      ]);
    }
  });
});
