import { decodeHTML } from 'entities';
import { squeeze } from './words.ts';

/** HTML, or text that may hold HTML, → plain text on one line, without invisible characters. `a < b` stays as it is: a tag begins with a letter. */
export function plainText(html: string): string {
  const text = /[<&]/.test(html)
    ? decodeHTML(
        html
          .replace(/<!--[\s\S]*?(?:-->|$)/g, ' ')
          .replace(/<(?:script|style)\b[\s\S]*?(?:<\/(?:script|style)\s*>|$)/gi, ' ')
          .replace(/<\/?(?:p|div|br|li|ul|ol|h[1-6]|td|tr|table|blockquote)\b[^<>]*>/gi, ' ')
          .replace(/<\/?[a-z][^<>]*>/gi, ''),
      )
    : html;
  return squeeze(text);
}
