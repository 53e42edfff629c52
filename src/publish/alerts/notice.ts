import type { Notice } from '../../domain/notice.ts';
import type { Alert, OpenAlert } from '../../store/alerts.ts';

const most = 30;

/** What the operator is told: all that began or ended since the last look, in one message. */
export function alertNotice(
  title: string,
  status: string | undefined,
  raised: readonly Alert[],
  resolved: readonly OpenAlert[],
): Notice {
  const lines = [
    ...raised.map(({ message }) => message),
    ...resolved.map(
      ({ message, since }) => `Resolved (since ${since.toISOString().slice(0, 16).replace('T', ' ')} UTC): ${message}`,
    ),
  ];
  const [first = ''] = lines;
  const rest = lines.length - 1;
  return {
    title: `${title}: ${first.slice(0, 120)}${rest > 0 ? ` and ${rest} more` : ''}`,
    lines: lines.length > most ? [...lines.slice(0, most), `and ${lines.length - most} more`] : lines,
    items: [],
    link: status === undefined ? undefined : { text: 'See the status of the wire', url: status },
    urgent: raised.length > 0,
  };
}
