import { type Html, html } from '../html.ts';

/** A page that says why there is nothing else here. */
export const notice = (title: string, message: string): Html => html`<div class="single text-width">
<div class="heading"><h1>${title}</h1></div>
<p>${message}</p>
<p><a href="/">All stories</a> · <a href="/feeds">All feeds</a></p>
</div>`;
