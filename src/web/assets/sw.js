// Keeps starred articles for reading without a network: pages come from the network while there is one.
const saved = 'starred';
const plain = (url) => url.split('#', 1)[0];

/** Keeps a page with what it is shown with. */
async function keep(url) {
  const cache = await caches.open(saved);
  const answer = await fetch(url, { credentials: 'same-origin' });
  if (!answer.ok) return;
  const text = await answer.clone().text();
  await cache.put(plain(url), answer);
  for (const [, address] of text.matchAll(/(?:href|src)="([^"]*\/(?:assets|picture)\/[^"]+)"/g)) {
    const part = new URL(address, url).href;
    if (!(await cache.match(part))) await cache.add(part).catch(() => undefined);
  }
}

async function keepAll(urls, page) {
  const cache = await caches.open(saved);
  const wanted = new Set([...urls, page].map(plain));
  for (const { url } of await cache.keys()) if (/\/article\//.test(url) && !wanted.has(url)) await cache.delete(url);
  await keep(page);
  for (const url of urls) if (!(await cache.match(plain(url)))) await keep(url).catch(() => undefined);
}

const offline = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>No network</title>
<h1>No network</h1><p>This page was not kept. <a href="starred">What you starred</a> can be read without one.</p></html>`;

async function answerPage(request) {
  try {
    return await fetch(request);
  } catch {
    const kept = await caches.match(plain(request.url));
    if (kept) return kept;
    const home = new URL('starred', self.registration.scope).href;
    return request.url === home
      ? new Response(offline, { headers: { 'content-type': 'text/html' } })
      : ((await caches.match(home)) ?? new Response(offline, { headers: { 'content-type': 'text/html' } }));
  }
}

// A message of the wire, closed for this browser alone; the same one is shown once.
self.addEventListener('push', (event) => {
  const { id, title, text, url } = event.data?.json() ?? {};
  if (!title) return;
  event.waitUntil(self.registration.showNotification(title, { body: text, tag: id, data: url }));
});
self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow(event.notification.data ?? self.registration.scope));
});

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
self.addEventListener('message', (event) => {
  const { save, drop, all, page } = event.data ?? {};
  if (save) event.waitUntil(keep(save));
  if (drop) event.waitUntil(caches.open(saved).then((cache) => cache.delete(plain(drop))));
  if (all) event.waitUntil(keepAll(all, page));
});
self.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method !== 'GET' || new URL(request.url).origin !== self.location.origin) return;
  if (request.mode === 'navigate') event.respondWith(answerPage(request));
  else if (/\/(?:assets|picture)\//.test(request.url))
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
});
