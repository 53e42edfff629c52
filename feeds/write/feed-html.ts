import { resolveAddress } from '../../src/text/address.ts';
import { escapeMarkup } from '../../src/text/escape.ts';
import { plainText } from '../../src/text/plain-text.ts';
import { sanitise } from '../../src/text/sanitise.ts';
import { webAddress, withoutControls } from './printable.ts';

/** Real articles have a few thousand tags. */
const maxTags = 20_000;

/** HTML of an article → HTML fit for a feed: harmless, every tag closed, absolute addresses (`baseUrl` resolves relative ones). */
export function feedHtml(html: string, baseUrl: string): string {
  const text = withoutControls(html);
  if (!/[<&]/.test(text)) return text.trim();
  if (text.split('<').length > maxTags) return escapeMarkup(plainText(text));
  // A reference such as &#3; brings in what was taken out of the source.
  return withoutControls(sanitise(text, (raw) => webAddress(resolveAddress(raw, baseUrl)))).trim();
}
