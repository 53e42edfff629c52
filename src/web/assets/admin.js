// Keeps the operator's first page true while it is open. Without it the page is what it was when it was asked for.
(() => {
  const live = document.getElementById('overview-now');
  const here = document.querySelector('.tabs a')?.href;
  if (!live || !here) return;
  const events = new EventSource(`${here}/live`);
  events.addEventListener('message', ({ data }) => {
    const now = document.getElementById('overview-now');
    // Who is about to press a button must not lose it.
    if (!now || now.contains(document.activeElement)) return;
    const template = document.createElement('template');
    template.innerHTML = JSON.parse(data);
    const scrolled = [...now.querySelectorAll('.plot-scroll, .scroll')].map(({ scrollLeft }) => scrollLeft);
    now.replaceWith(template.content);
    document.querySelectorAll('#overview-now .plot-scroll, #overview-now .scroll').forEach((one, index) => {
      one.scrollLeft = scrolled[index] ?? 0;
    });
  });
})();
