import type { Notice, NoticeItem } from '../../domain/notice.ts';
import { escapeMarkup as text } from '../../text/escape.ts';

const style = {
  body: 'margin:0;padding:24px 16px;font:16px/1.5 Georgia,serif;color:#1c1b19;background:#fff',
  box: 'max-width:600px;margin:0 auto',
  title: 'font-size:22px;line-height:1.25;margin:0 0 16px',
  item: 'margin:0 0 20px',
  headline: 'font-size:18px;line-height:1.3;margin:0;color:#1c1b19',
  soft: 'font:13px/1.5 Helvetica,Arial,sans-serif;color:#5d5a53;margin:2px 0 4px',
  summary: 'margin:0',
} as const;

const item = ({ title, url, outlet, at, lang, summary }: NoticeItem): string => `<div style="${style.item}">
<p style="${style.headline}" lang="${text(lang)}" dir="auto"><a href="${text(url)}" style="color:#1c1b19">${text(title)}</a></p>
<p style="${style.soft}">${text(outlet)} · ${text(at.slice(0, 16).replace('T', ' '))} UTC</p>
${summary === '' ? '' : `<p style="${style.summary}" lang="${text(lang)}" dir="auto">${text(summary)}</p>`}
</div>`;

/** A notice as the HTML of a mail: programs that read mail know styles in attributes only, and no picture is asked for. */
export const noticeHtml = ({ title, lines, items, link, unsubscribe }: Notice): string => `<!doctype html>
<html><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${text(title)}</title></head>
<body style="${style.body}"><div style="${style.box}">
<h1 style="${style.title}" dir="auto">${text(title)}</h1>
${lines.map((line) => `<p dir="auto">${text(line).replaceAll('\n', '<br>')}</p>`).join('\n')}
${items.map(item).join('\n')}
${link === undefined ? '' : `<p><a href="${text(link.url)}">${text(link.text)}</a></p>`}
${unsubscribe === undefined ? '' : `<p style="${style.soft}"><a href="${text(unsubscribe)}" style="color:#5d5a53">No more of these messages</a></p>`}
</div></body></html>
`;
