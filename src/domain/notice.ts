/** An article of a notice. */
export interface NoticeItem {
  readonly title: string;
  /** Its page in this wire. */
  readonly url: string;
  readonly outlet: string;
  /** ISO 8601. */
  readonly at: string;
  readonly lang: string;
  /** What its publisher says of it, in a sentence or two. */
  readonly summary: string;
}

/** What somebody is told by a channel: an alert, news, or that the channel works. */
export interface Notice {
  readonly title: string;
  /** Paragraphs of plain text. */
  readonly lines: readonly string[];
  readonly items: readonly NoticeItem[];
  /** The page that shows more, and what stands on its link. */
  readonly link?: { readonly text: string; readonly url: string } | undefined;
  /** Where one click ends these messages. */
  readonly unsubscribe?: string | undefined;
  /** Whether somebody should look at once. */
  readonly urgent?: boolean;
}

/** A notice as plain text, for channels that know nothing else. @param most items that are told */
export function noticeText({ lines, items, link, unsubscribe }: Notice, most = items.length): string {
  const told = items.slice(0, most).map(({ title, outlet, summary, url }) => {
    const rest = summary === '' || summary === title ? [] : [summary];
    return [`${title} (${outlet})`, ...rest, url].join('\n');
  });
  const left = items.length - told.length;
  return [
    ...lines,
    ...told,
    ...(left > 0 ? [`and ${left} more`] : []),
    ...(link === undefined ? [] : [`${link.text}: ${link.url}`]),
    ...(unsubscribe === undefined ? [] : [`No more of these: ${unsubscribe}`]),
  ].join('\n\n');
}
