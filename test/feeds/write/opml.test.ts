import { parseOpml } from 'feedsmith';
import { describe, expect, it } from 'vitest';
import { toOpml } from '../../../feeds/write/opml.ts';

describe('toOpml', () => {
  it('reads back as it was written', () => {
    const text = toOpml({
      title: 'Wire & Co <all>',
      outlines: [
        { title: 'All "news"', feedUrl: 'https://wire.example/feed.xml?a=1&b=2', homeUrl: 'https://wire.example/' },
        {
          title: 'Topics',
          outlines: [{ title: 'Politics\u0001', feedUrl: 'https://wire.example/topic/politics/feed.xml' }],
        },
      ],
    });
    const opml = parseOpml(text);
    expect(opml.head?.title).toBe('Wire & Co <all>');
    expect(opml.body?.outlines).toMatchObject([
      { text: 'All "news"', xmlUrl: 'https://wire.example/feed.xml?a=1&b=2', htmlUrl: 'https://wire.example/' },
      { text: 'Topics', outlines: [{ text: 'Politics', xmlUrl: 'https://wire.example/topic/politics/feed.xml' }] },
    ]);
  });

  it('leaves out what no feed reader could follow', () => {
    const text = toOpml({
      title: 'x',
      outlines: [
        { title: 'bad', feedUrl: 'javascript:alert(1)' },
        { title: 'empty', outlines: [] },
        { title: 'also empty', outlines: [{ title: 'bad', feedUrl: 'file:///etc/passwd' }] },
      ],
    });
    expect(text).not.toContain('<outline');
  });
});
