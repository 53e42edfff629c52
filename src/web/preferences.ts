import type { FastifyRequest } from 'fastify';
import { defaultPreferences, type Preferences, readPreferences } from '../domain/preferences.ts';
import type { User } from '../store/users.ts';

/** The cookie that keeps how a browser without an account wants the pages. */
export const viewCookie = 'courant-view';

/** How the one who asks wants the pages: as the account says, else the cookie, else as they are. */
export function preferencesOf({ headers }: Pick<FastifyRequest, 'headers'>, user: User | undefined): Preferences {
  if (user) return user.preferences;
  const [, value] = new RegExp(`(?:^|;\\s*)${viewCookie}=([\\w-]{2,600})(?:;|$)`).exec(headers.cookie ?? '') ?? [];
  if (value === undefined) return defaultPreferences;
  try {
    return readPreferences(JSON.parse(Buffer.from(value, 'base64url').toString('utf8')));
  } catch {
    return defaultPreferences;
  }
}

export const preferencesCookie = (preferences: Preferences): string =>
  Buffer.from(JSON.stringify(preferences)).toString('base64url');

/** What a form changes of the preferences; what it does not name stays. */
export function changedPreferences(fields: URLSearchParams, before: Preferences): Preferences {
  const langs = fields.get('langs');
  return readPreferences(
    {
      size: fields.get('size'),
      view: fields.get('view'),
      pictures: fields.has('pictures') ? fields.get('pictures') === '1' : undefined,
      langs: langs === null ? undefined : langs.toLowerCase().split(/[\s,;]+/),
    },
    before,
  );
}
