import type { Action } from '../../../store/actions.ts';
import { type Html, html } from '../../html.ts';
import { fullTime } from '../time.ts';
import { section, table } from './parts.ts';

/** What operators did, the latest first. */
export const logPage = (actions: readonly Action[]): Html =>
  section(
    'What operators did',
    actions.length === 0
      ? html`<p class="soft">Nothing yet.</p>`
      : table(
          'Actions',
          ['When', 'Who', 'What', 'To', ''],
          actions.map(
            ({ at, who, action, target, detail }) =>
              html`<tr><td class="time">${fullTime(at)}</td><td>${who}</td><td>${action}</td><td>${target}</td><td class="address">${detail}</td></tr>`,
          ),
        ),
  );
