import { type AppKind, appKinds } from '../../store/app-passwords.ts';
import type { User } from '../../store/users.ts';
import { type Html, html } from '../html.ts';
import { fullTime } from './time.ts';

const names: Readonly<Record<AppKind, string>> = { fever: 'Fever', mcp: 'MCP (assistants)' };

/** Passwords for programs that cannot use the account's own. @param view.fresh the one that was just made: it is shown this once */
export function appPasswordsPage(view: {
  readonly user: User;
  readonly made: readonly { readonly kind: AppKind; readonly createdAt: Date }[];
  readonly base: string;
  readonly fresh: { readonly kind: AppKind; readonly password: string } | undefined;
}): Html {
  const { user, made, base, fresh } = view;
  const about: Readonly<Record<AppKind, Html>> = {
    fever: html`<p>For ReadKit, Unread, Fluent Reader and others that speak Fever. Address: <code>${base}/fever/</code>, name: <code>${user.name}</code>.</p>`,
    mcp: html`<p>For assistants that speak the Model Context Protocol. Address: <code>${base}/mcp</code>; the password goes into the header <code>Authorization: Bearer …</code>.</p>`,
  };
  return html`<div class="single text-width status">
<div class="heading"><h1>Apps</h1></div>
<p>Apps that speak the Google Reader API take your name and password. These here get a password of their own, which opens nothing else.</p>
${appKinds.map((kind) => {
  const known = made.find((one) => one.kind === kind);
  return html`<section><h2>${names[kind]}</h2>${about[kind]}
${fresh?.kind === kind && html`<p role="status">Your new password: <code>${fresh.password}</code><br>It is shown this once: put it into the app now.</p>`}
${known && html`<p class="soft">There is a password, made ${fullTime(known.createdAt)}.</p>`}
<form class="row" method="post" action="/account/apps"><input type="hidden" name="kind" value="${kind}">
<button name="do" value="make">${known ? 'Make another, in its place' : 'Make a password'}<span class="hidden"> for ${names[kind]}</span></button>
${known && html`<button name="do" value="drop">Drop it<span class="hidden"> for ${names[kind]}</span></button>`}</form></section>`;
})}
</div>`;
}
