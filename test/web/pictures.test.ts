import { readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openPictureFetcher } from '../../src/app/fetch-picture.ts';
import { readSettings } from '../../src/domain/settings.ts';
import { createDiskCache } from '../../src/web/pictures/disk-cache.ts';
import { createPictures } from '../../src/web/pictures/pictures.ts';
import { PictureError, shrink } from '../../src/web/pictures/shrink.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';
import { openTestWire, writeArticle, writeSources } from './wire.ts';

const drawn = (width: number, height: number, format: 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' = 'jpeg') =>
  sharp({ create: { width, height, channels: 3, background: '#369' } })
    .toFormat(format)
    .toBuffer();
const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');

let folder: string;
beforeEach(async () => {
  folder = temporaryFolder('pictures');
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('shrink', () => {
  it('makes WebP that fits, of every format, and never enlarges', async () => {
    for (const format of ['jpeg', 'png', 'gif', 'webp', 'avif'] as const) {
      const {
        format: got,
        width,
        height,
      } = await sharp(await shrink(await drawn(900, 600, format), 'small')).metadata();
      expect([got, width, height], format).toEqual(['webp', 320, 213]);
    }
    expect((await sharp(await shrink(await drawn(40, 30), 'large')).metadata()).width).toBe(40);
  });

  it('tells nothing of the camera and the place', async () => {
    const told = await sharp(await drawn(60, 40))
      .withExif({ IFD0: { Copyright: 'secret place' } })
      .toBuffer();
    expect((await shrink(told, 'small')).includes('secret place')).toBe(false);
  });

  it('refuses what is no picture, what is a program, and what is too large or broken', async () => {
    const whole = await drawn(900, 600);
    for (const bytes of [
      svg,
      Buffer.from('<html>'),
      Buffer.alloc(0),
      whole.subarray(0, 900),
      Buffer.from('ffd8ff00', 'hex'),
    ])
      await expect(shrink(bytes, 'small')).rejects.toThrow(PictureError);
    await expect(shrink(await drawn(9000, 9000, 'png'), 'small')).rejects.toThrow(PictureError);
  });
});

describe('the cache on disk', () => {
  it('keeps within its limit; what was read last stays', async () => {
    const cache = createDiskCache(folder, 1000);
    for (const [index, name] of ['a', 'b', 'c', 'd'].entries()) {
      await cache.write(name, Buffer.alloc(240));
      await utimes(path.join(folder, name), index, index);
    }
    expect((await cache.read('a'))?.length).toBe(240);
    await cache.write('e', Buffer.alloc(240));
    expect((await readdir(folder)).sort()).toEqual(['a', 'd', 'e']);
    expect(await cache.read('b')).toBeUndefined();
  });

  it('counts what an earlier process left', async () => {
    await writeFile(path.join(folder, 'old'), Buffer.alloc(5000));
    await utimes(path.join(folder, 'old'), 1, 1);
    await createDiskCache(folder, 1000).write('new', Buffer.alloc(10));
    expect(await readdir(folder)).toEqual(['new']);
  });
});

describe('pictures', () => {
  it('are fetched once, however many ask, and again only when they could not be had for a while', async () => {
    let fetched = 0;
    const pictures = createPictures(
      async (url) => {
        fetched++;
        if (url.endsWith('bad')) throw new Error('answered 404');
        return drawn(400, 300);
      },
      createDiskCache(folder, 1e6),
    );
    const all = await Promise.all(Array.from({ length: 9 }, () => pictures.get('https://x.example/a', 'small')));
    expect(all.every((bytes) => bytes?.equals(all[0] as Buffer))).toBe(true);
    await pictures.get('https://x.example/a', 'small');
    expect(fetched).toBe(1);
    expect(await pictures.get('https://x.example/bad', 'small')).toBeUndefined();
    expect(await pictures.get('https://x.example/bad', 'small')).toBeUndefined();
    expect(fetched).toBe(2);
  });

  it('come from public addresses only, within size and time, and never as SVG', async () => {
    const picture = await drawn(900, 600);
    const server = createServer((request, response) => {
      const type = request.url === '/program.svg' ? 'image/svg+xml' : 'image/jpeg';
      if (request.url === '/away') return response.writeHead(302, { location: '/picture.jpg' }).end();
      response.writeHead(200, { 'content-type': type });
      if (request.url === '/huge') return response.end(Buffer.alloc(50 * 1024 * 1024));
      return response.end(request.url === '/program.svg' ? svg : picture);
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const guarded = openPictureFetcher(readSettings({}));
    const open = openPictureFetcher(readSettings({ ALLOW_PRIVATE: '1' }));
    try {
      await expect(guarded.fetch(`${base}/picture.jpg`)).rejects.toThrow();
      for (const address of ['/huge', '/program.svg']) await expect(open.fetch(base + address)).rejects.toThrow();
      for (const address of ['/picture.jpg', '/away'])
        expect(Buffer.from(await open.fetch(base + address)).equals(picture)).toBe(true);
    } finally {
      await guarded.close();
      await open.close();
      server.close();
    }
  });
});

describe('/picture', () => {
  it('gives the picture of an article and fetches nothing else', async () => {
    const asked: string[] = [];
    const fetchPicture = async (url: string) => {
      asked.push(url);
      return drawn(900, 600);
    };
    await using wire = await openTestWire({ DATA_DIR: folder }, { fetchPicture });
    await writeSources(wire.store.db, [{ id: 'paper', name: 'Paper' }]);
    const image = { url: 'https://paper.example/picture.jpg', caption: 'A bridge' };
    const id = await writeArticle(wire.store.db, { image, title: 'With a picture' });
    const bare = await writeArticle(wire.store.db, { title: 'Without' });
    const html = await (await fetch(wire.url)).text();
    expect(html).toContain(`src="/picture/${id}/small.webp"`);
    expect(html).toMatch(/<img [^>]*width="160" height="107" loading="lazy"/);
    expect(html).not.toContain('paper.example/picture.jpg');
    const answer = await fetch(`${wire.url}/picture/${id}/small.webp`);
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'image/webp']);
    expect(answer.headers.get('cache-control')).toContain('immutable');
    for (const address of [`${id}/huge.webp`, `${id}/small`, `${bare}/small.webp`, 'x/small.webp', `${id}/..%2f..`])
      expect((await fetch(`${wire.url}/picture/${address}`)).status, address).toBe(404);
    expect(asked).toEqual([image.url]);
  });

  it('is off with the setting, and then no page names a picture', async () => {
    await using wire = await openTestWire({ DATA_DIR: folder, PICTURES: '0' }, { fetchPicture: () => drawn(9, 9) });
    const id = await writeArticle(wire.store.db, { image: { url: 'https://paper.example/p.jpg' } });
    for (const address of ['/', `/article/${id}`])
      expect(await (await fetch(wire.url + address)).text()).not.toContain('<img');
    expect((await fetch(`${wire.url}/picture/${id}/small.webp`)).status).toBe(404);
  });
});
