import { type Html, html } from '../html.ts';

/** Copies or shares an address; shown where the browser can, by the script. */
export const shareButtons = (address: string): Html =>
  html`<button type="button" data-copy="${address}" hidden>Copy link</button><button type="button" name="share" data-copy="${address}" hidden>Share</button>`;
