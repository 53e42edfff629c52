/** `npm run build:demo-pictures [-- --chromium FILE]`: draws the scenes with a real Chromium and writes them as JPEG. */
import { mkdir } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { chromium } from 'playwright-core';
import { scenes } from './scenes.ts';

const { values } = parseArgs({ options: { chromium: { type: 'string', default: '/usr/bin/chromium' } } });
const folder = new URL('../../../src/demo/pictures/', import.meta.url);
await mkdir(folder, { recursive: true });

const browser = await chromium.launch({ executablePath: values.chromium, args: ['--no-sandbox'] });
const page = await browser.newPage({ viewport: { width: 960, height: 540 } });
for (const [name, svg] of Object.entries(scenes)) {
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
  await page.screenshot({ path: new URL(`${name}.jpg`, folder).pathname, type: 'jpeg', quality: 68 });
  console.log(name);
}
await browser.close();
