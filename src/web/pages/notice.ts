import { type Html, html } from '../html.ts';

/** A page that says why there is nothing else here. @param way what leads on */
export const notice = (
  title: string,
  message: string,
  way?: { readonly href: string; readonly text: string },
): Html => html`<div class="single text-width">
<div class="heading"><h1>${title}</h1></div>
<p>${message}</p>
${way && html`<p><a class="button" href="${way.href}">${way.text}</a></p>`}
<p><a href="/">All stories</a> · <a href="/feeds">All feeds</a></p>
</div>`;
