// Runs in the page, not in Node: browser.test.ts evaluates this file's text.
(() => {
  const luminance = (color) => {
    const [r = 0, g = 0, b = 0] = (color.match(/[\d.]+/g) ?? []).map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const behind = (element) => {
    for (let one = element; one; one = one.parentElement) {
      const { backgroundColor } = getComputedStyle(one);
      if (backgroundColor !== 'rgba(0, 0, 0, 0)') return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const contrast = (element) => {
    const shades = [luminance(getComputedStyle(element).color), luminance(behind(element))];
    return (Math.max(...shades) + 0.05) / (Math.min(...shades) + 0.05);
  };
  const hasName = (element) =>
    element.textContent.trim() !== '' || element.hasAttribute('aria-label') || (element.labels?.length ?? 0) > 0;
  const texts = [...document.querySelectorAll('h1, h2, h3, a, p, td, th, dt, dd, time, .soft, .good, .bad, button')];
  return {
    hacked: 'hacked' in window,
    overflow: document.documentElement.scrollWidth - window.innerWidth,
    marginOfBody: getComputedStyle(document.body).marginTop,
    missingLandmarks: ['header', 'nav', 'main', 'footer'].filter((name) => document.querySelector(name) === null),
    headings: document.querySelectorAll('h1').length,
    unnamed: [...document.querySelectorAll('a, button, input:not([type=hidden])')].filter((one) => !hasName(one))
      .length,
    faint: texts.filter((one) => contrast(one) < 4.5).map((one) => one.textContent.slice(0, 30)),
  };
})();
