// Makes pages better; all of them work without it. No other site is asked; the order of the last list is kept until the tab is closed.
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);

  // Times by the reader's clock, as long as those that the server wrote: nothing moves.
  const dayAndTime = new Intl.DateTimeFormat('en-GB', {
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  const full = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
  const ago = (at) => {
    const minutes = Math.round((Date.now() - at) / 60000);
    if (minutes < 1) return 'now';
    if (minutes < 60) return `${minutes} min ago`;
    return minutes < 1440 ? `${Math.round(minutes / 60)} h ago` : dayAndTime.format(at);
  };
  const tellTimes = () => {
    for (const time of all('time[data-ago], time[data-full]')) {
      const at = new Date(time.dateTime);
      time.textContent = 'ago' in time.dataset ? ago(at) : full.format(at);
      time.title = full.format(at);
    }
  };
  tellTimes();
  setInterval(tellTimes, 60000);

  // The list says where it is told of what is new; a page that nobody looks at does not ask.
  const live = document.getElementById('live');
  if (live && window.EventSource) {
    const address = live.href;
    let source;
    const listen = () => {
      if (document.hidden) {
        source?.close();
        source = undefined;
      } else if (!source) {
        source = new EventSource(address);
        source.addEventListener('new', ({ data }) => {
          const count = Number(data);
          live.textContent = `${count >= 100 ? 'More than 100' : count} new ${count === 1 ? 'item' : 'items'}`;
          live.href = location.href.split('#', 1)[0];
          live.hidden = count === 0;
        });
      }
    };
    listen();
    document.addEventListener('visibilitychange', listen);
  }

  // Next and previous: the order of the list that led here.
  const titles = '.story h3 a, .timeline h2 a';
  const isList = one('.list .story') !== null;
  const here = location.pathname;
  if (isList) sessionStorage.setItem('list', JSON.stringify(all('.list .story h3 a').map((a) => a.pathname)));
  const order = JSON.parse(sessionStorage.getItem('list') ?? '[]');
  const place = order.indexOf(here);
  const pager = one('.pager');
  if (pager && place >= 0) {
    for (const [step, name, rel] of [
      [-1, '← Previous', 'prev'],
      [1, 'Next →', 'next'],
    ]) {
      const to = order[place + step];
      if (to === undefined) continue;
      const link = document.createElement('a');
      Object.assign(link, { href: to, textContent: name, rel });
      pager.append(link);
    }
    pager.hidden = false;
  }

  // A picture that could not be had leaves no broken frame: in a list its place stays empty, so that nothing moves.
  for (const picture of all('img[src*="/picture/"]')) {
    const hide = () => (picture.closest('.lead-picture') ?? picture).classList.add('missing');
    if (picture.complete && picture.currentSrc && picture.naturalWidth === 0) hide();
    picture.addEventListener('error', hide);
  }

  // Copying and sharing.
  for (const button of all('[data-copy]')) {
    const url = new URL(button.dataset.copy, location.href).href;
    const isShare = button.name === 'share';
    if (isShare ? !navigator.share : !navigator.clipboard) continue;
    button.hidden = false;
    button.addEventListener('click', async () => {
      if (isShare) return navigator.share({ url, title: document.title }).catch(() => undefined);
      await navigator.clipboard.writeText(url);
      const before = button.textContent;
      button.textContent = 'Copied';
      setTimeout(() => {
        button.textContent = before;
      }, 1500);
    });
  }
  for (const input of all('input.secret')) input.addEventListener('focus', () => input.select());

  // Stars and read marks without leaving the page.
  const tellWorker = (message) => navigator.serviceWorker?.ready.then(({ active }) => active?.postMessage(message));
  const send = async (action, fields) => {
    const answer = await fetch(action, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
    return answer.ok || answer.type === 'opaqueredirect';
  };
  document.addEventListener('submit', async (event) => {
    const form = event.target;
    if (!form.matches('form.star')) return;
    event.preventDefault();
    const button = form.querySelector('button');
    const field = form.elements.namedItem('starred');
    const starred = field.value === '1';
    if (!(await send(form.action, new FormData(form)).catch(() => false))) return form.submit();
    field.value = starred ? '0' : '1';
    button.setAttribute('aria-pressed', String(starred));
    button.textContent = starred ? '★ Starred' : '☆ Star';
    const url = form.action.replace(/account\/star$/, `article/${form.elements.namedItem('article').value}`);
    tellWorker(starred ? { save: url } : { drop: url });
  });
  const toggleRead = async () => {
    const story = document.activeElement?.closest('.story');
    const star = story?.querySelector('form.star');
    if (!star) return;
    const read = !story.classList.contains('read');
    const fields = { article: star.elements.namedItem('article').value, read: read ? '1' : '0' };
    if (await send(star.action.replace(/star$/, 'read'), fields).catch(() => false))
      story.classList.toggle('read', read);
  };

  // Messages to this browser: offered where it takes them, asked for when they are wanted.
  const rule = one('form[data-push-key]');
  if (rule && window.isSecureContext && window.PushManager && navigator.serviceWorker) {
    const { channel, to } = rule.elements;
    const option = channel.querySelector('[value=push]');
    option.hidden = option.disabled = false;
    const choose = () => {
      const isPush = channel.value === 'push';
      for (const part of [to, rule.querySelector('[for=to]')]) part.hidden = isPush;
      to.required = !isPush;
      to.value = '';
    };
    channel.addEventListener('change', choose);
    choose();
    const subscribe = async () => {
      if ((await Notification.requestPermission()) !== 'granted')
        throw new Error('This browser shows no messages of this site; its settings for the site can allow them.');
      const { pushManager } = await navigator.serviceWorker.ready;
      const options = { userVisibleOnly: true, applicationServerKey: rule.dataset.pushKey };
      // One that was made with other keys is of no use.
      const made = await pushManager.subscribe(options).catch(async () => {
        await (await pushManager.getSubscription())?.unsubscribe();
        return pushManager.subscribe(options);
      });
      const { endpoint, keys } = made.toJSON();
      return `${endpoint}#${new URLSearchParams({ p256dh: keys.p256dh, auth: keys.auth })}`;
    };
    rule.addEventListener('submit', (event) => {
      if (channel.value !== 'push') return;
      event.preventDefault();
      subscribe()
        .then((address) => {
          to.value = address;
          rule.submit();
        })
        .catch(({ message }) => {
          const failed = document.getElementById('push-failed');
          failed.textContent = message;
          failed.hidden = false;
        });
    });
  }

  // Keys.
  const move = (step) => {
    if (!isList && pager && place >= 0) return pager.querySelector(step > 0 ? '[rel=next]' : '[rel=prev]')?.click();
    const links = all(titles);
    const at = links.indexOf(document.activeElement);
    const next = links[at < 0 && step < 0 ? links.length - 1 : Math.min(links.length - 1, Math.max(0, at + step))];
    next?.focus();
    next?.scrollIntoView({ block: 'center' });
  };
  const click = (selector) => one(selector)?.click();
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: () => document.activeElement?.click?.(),
    s: () => (document.activeElement?.closest('.story') ?? document).querySelector('form.star button')?.click(),
    m: toggleRead,
    v: () => click('.article a.button'),
    n: () => click('.more a[rel~="next"]'),
    '/': () => document.getElementById('q')?.focus(),
    '?': () => document.getElementById('keys')?.showModal?.(),
  };
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest('input, textarea, select')) return;
    const action = keys[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  // What is starred can be read without a network.
  const manifest = one('link[rel=manifest]');
  if (manifest && navigator.serviceWorker) {
    navigator.serviceWorker.register(new URL('sw.js', manifest.href)).catch(() => undefined);
    if (one('[data-offline]')) tellWorker({ all: all('[data-offline] h3 a').map((a) => a.href), page: location.href });
  }
})();
