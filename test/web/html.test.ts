import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { escapeHtml, html, safeUrl, trustedHtml } from '../../src/web/html.ts';

describe('html', () => {
  it('escapes what stands in text and in attributes', () => {
    const title = `"><script>alert('x')</script>&amp;`;
    expect(html`<p title="${title}">${title}</p>`.markup).toBe(
      '<p title="&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;">&quot;&gt;&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&amp;amp;</p>',
    );
  });

  it('joins lists, keeps markup and leaves out what is not there', () => {
    const items = ['a', '<b>'].map((text) => html`<li>${text}</li>`);
    expect(html`<ul>${items}</ul>${false}${undefined}${null}${0}${''}`.markup).toBe(
      '<ul><li>a</li><li>&lt;b&gt;</li></ul>0',
    );
    expect(html`${trustedHtml('<em>kept</em>')}`.markup).toBe('<em>kept</em>');
  });

  it('lets no address through that runs code, whatever the template forgets', () => {
    for (const address of [
      'javascript:alert(1)',
      ' JaVaScRiPt:alert(1)',
      'java\nscript:alert(1)',
      'data:text/html,<script>alert(1)</script>',
      'vbscript:x',
      'file:///etc/passwd',
      '//evil.example/',
      '/\\evil.example/',
      '/\t/evil.example/',
    ]) {
      expect(html`<a href="${address}">x</a>`.markup).toBe('<a href="about:invalid">x</a>');
      expect(html`<img alt="" src="${address}">`.markup).toBe('<img alt="" src="about:invalid">');
    }
    expect(html`<a href="${'https://paper.example/a?b=1&c="'}">x</a>`.markup).toBe(
      '<a href="https://paper.example/a?b=1&amp;c=%22">x</a>',
    );
    expect(html`<a href="${'/region/RS'}">x</a>`.markup).toBe('<a href="/region/RS">x</a>');
  });

  it('takes out control characters and what turns the direction of the text around', () => {
    expect(escapeHtml('a\u0000b\u001b[31mc\u0085d\u202Ee\u2066f\uFFFFg\ud800h\ti\nj')).toBe('ab[31mcdefg\ufffdh\ti\nj');
    expect(escapeHtml('Скупштина 🗳️ مجلس')).toBe('Скупштина 🗳️ مجلس');
  });

  it('never lets text open a tag, close an attribute or start an entity', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'<>&"\'a;#\0𝔘\ud800') }), (text) => {
        const escaped = escapeHtml(text);
        expect(escaped).not.toMatch(/[<>"']/);
        expect(escaped.replace(/&(?:amp|lt|gt|quot|#39);/g, '')).not.toContain('&');
      }),
    );
  });

  it('gives only http(s) addresses and paths of this server', () => {
    fc.assert(
      fc.property(
        fc
          .tuple(fc.constantFrom('', '/', '//', 'https://', 'http:', 'javascript:', ' data:', '/\\'), fc.string())
          .map(([start, rest]) => start + rest),
        (address) => {
          const safe = safeUrl(address);
          const { protocol, host } = new URL(safe, 'https://wire.example/');
          expect(safe === 'about:invalid' || protocol === 'https:' || protocol === 'http:').toBe(true);
          if (safe.startsWith('/')) expect(host).toBe('wire.example');
        },
      ),
    );
  });
});
