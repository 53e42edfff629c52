// Makes pages better; all of them work without it. No other site is asked, nothing is stored.
(() => {
  const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });
  const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });
  const ago = (at) => {
    const minutes = Math.round((Date.now() - at) / 60000);
    if (minutes < 1) return 'now';
    if (minutes < 60) return `${minutes} min ago`;
    return minutes < 1440 ? `${Math.round(minutes / 60)} h ago` : clock.format(at);
  };
  const tellTimes = () => {
    for (const time of document.querySelectorAll('time[data-ago], time[data-full]')) {
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

  const links = () => [...document.querySelectorAll('.story h3 a, .timeline h2 a')];
  const move = (step) => {
    const all = links();
    const here = all.indexOf(document.activeElement);
    const next = all[here < 0 && step < 0 ? all.length - 1 : Math.min(all.length - 1, Math.max(0, here + step))];
    next?.focus();
    next?.scrollIntoView({ block: 'center' });
  };
  const click = (selector) => document.querySelector(selector)?.click();
  const keys = {
    j: () => move(1),
    k: () => move(-1),
    o: () => document.activeElement?.click?.(),
    n: () => click('a[rel~="next"]'),
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
})();
