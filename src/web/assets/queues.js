// The dashboard of the queues (bull-board) leaves some of its elements without a name; they get one here, whenever they are drawn.
(() => {
  /** By the name of the icon. */
  const names = {
    settings: 'Settings',
    'circle-user': 'Links',
    maximize: 'Full screen',
    'ellipsis-vertical': 'More actions',
    'trash-2': 'Remove',
    pencil: 'Edit',
    files: 'Duplicate',
    copy: 'Copy',
  };
  const iconOf = (element) =>
    /\blucide-([a-z]+(?:-[a-z\d]+)*)$/.exec(element.querySelector('svg.lucide')?.classList.value ?? '')?.[1];
  /** Without what stands in drawings. */
  const textOf = (button) =>
    [...button.childNodes]
      .filter(({ nodeName }) => nodeName !== 'svg')
      .map(({ textContent }) => textContent)
      .join('')
      .trim();
  const nameless = (button) => !textOf(button) && !button.ariaLabel && !button.title;
  const set = (element, name, value) => element.getAttribute(name) === value || element.setAttribute(name, value);

  const mend = () => {
    for (const button of document.querySelectorAll('button')) {
      const icon = iconOf(button);
      const said = textOf(button);
      if (nameless(button)) button.ariaLabel = names[icon] ?? icon?.replaceAll('-', ' ') ?? 'Server';
      // What is read aloud begins with what is seen.
      else if (said && button.ariaLabel && !button.ariaLabel.includes(said))
        button.ariaLabel = `${said}: ${button.ariaLabel}`;
    }
    for (const drawing of document.querySelectorAll('svg[role=img]:not([aria-label])'))
      set(drawing, 'aria-hidden', 'true');
    for (const logo of document.querySelectorAll('header a img')) set(logo, 'alt', '');
    // Its charts are headed by h3 where no h2 stands.
    if (!document.querySelector('h2'))
      for (const heading of document.querySelectorAll('h3')) set(heading, 'aria-level', '2');
    const title = document.querySelector('header a span[title]');
    if (title && !document.querySelector('h1')) {
      set(title, 'role', 'heading');
      set(title, 'aria-level', '1');
    }
  };
  new MutationObserver(mend).observe(document.body, { childList: true, subtree: true });
  mend();
})();
