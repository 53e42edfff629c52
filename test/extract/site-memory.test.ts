import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';
import { learn, type SiteMemory } from '../../src/extract/site-memory.ts';

const sentence = (subject: string) =>
  `${subject} was the first thing that the council spoke about, and after two hours of questions from the public gallery it was put to the vote.`;
const page = (title: string, paragraphs: readonly string[], url = 'http://site.example/tram') => ({
  url,
  html: `<html><head><title>${title}</title></head><body><article><h1>${title}</h1>${paragraphs.map((text) => `<p>${text}</p>`).join('')}</article></body></html>`,
});

describe('site memory and a page that changes', () => {
  it('leaves an updated article its own paragraphs, however often the page was read before', () => {
    const paragraphs = ['The tram', 'The bridge', 'A short row over plums', 'The school roof', 'The ferry'].map(
      sentence,
    );
    let memory: SiteMemory | undefined;
    for (let visit = 0; visit < 5; visit++) {
      const { blocks } = extractArticle(
        page(`Council picks tram, draft ${visit}`, paragraphs),
        memory ? { memory } : {},
      );
      memory = learn(memory, blocks, '2026-11-22T08:00:00.000Z');
    }
    const added = sentence('A twelfth stop');
    const { article } = extractArticle(page('Council adds a stop', [...paragraphs, added]), memory ? { memory } : {});
    expect(article.text.split('\n')).toEqual([...paragraphs, added]);
  });
});
