import type { Settings } from '../domain/settings.ts';
import type { WorkObserver } from '../domain/work-observer.ts';
import type { Role } from './roles.ts';

/** What the thread is given. */
export interface RoleThreadData {
  readonly settings: Settings;
  readonly roles: readonly Role[];
}

/** What it tells: that its roles have begun, or a call of the observer, whose figures are kept by the process. */
export type RoleThreadMessage = { readonly begun: true } | { readonly seen: WorkSeen };

export type WorkSeen = {
  [Name in keyof WorkObserver]: { readonly name: Name; readonly of: Parameters<WorkObserver[Name]> };
}[keyof WorkObserver];
