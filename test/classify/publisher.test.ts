import { describe, expect, it } from 'vitest';
import { publisherTopics } from '../../src/classify/publisher.ts';

const ids = (labels: string[], url?: string) => publisherTopics(labels, url).map((topic) => topic.id);

describe('publisherTopics', () => {
  it("reads the publisher's labels in many languages, whatever their accents and case", () => {
    expect(ids(['Wirtschaft'])).toEqual(['04000000']);
    expect(ids(['ÉCONOMIE'])).toEqual(['04000000']);
    expect(ids(['Ciência e Tecnologia'])).toEqual(['13000000']);
    expect(ids(['Спорт'])).toEqual(['15000000']);
    expect(ids(['财经'])).toEqual(['04000000']);
    expect(ids(['News / Politics', 'Sport'])).toEqual(['11000000', '15000000']);
  });

  it('reads the sections of the address, not the name of the article', () => {
    expect(ids([], 'https://news.example/sport/2026/match.html')).toEqual(['15000000']);
    expect(ids([], 'https://sport.news.example/a')).toEqual(['15000000']);
    expect(ids([], 'https://news.example/a/sport')).toEqual([]);
    expect(ids([], '/vijesti/ekonomija/123/x')).toEqual(['04000000']);
  });

  it('says nothing of labels and addresses it does not know', () => {
    expect(ids(['Top stories', 'constructor', '__proto__', ''], 'not a url at all')).toEqual([]);
    expect(ids([], 'https://news.example/%E0%A4%A/x')).toEqual([]);
  });

  it("takes a page of people for IPTC's human interest, not for the arts", () => {
    const topics = (label: string) => publisherTopics([label], undefined).map(({ id }) => id);
    expect(topics('People')).toEqual(['08000000']);
    expect(topics('Leute')).toEqual(['08000000']);
  });
});
