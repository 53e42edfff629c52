import type { FastifyRequest } from 'fastify';
import type { Db } from '../store/db.ts';
import { beginSession, sessionUser, type User, userOf } from '../store/users.ts';
import { comesFromHere } from './access.ts';
import { createLoginLimiter } from './login-limiter.ts';

/** The cookie of a session in a browser. */
export const sessionCookie = 'courant';

/** What a try to log in gave. */
export type LogIn =
  | { readonly kind: 'done'; readonly user: User; readonly token: string }
  | { readonly kind: 'wrong' }
  | { readonly kind: 'wait'; readonly seconds: number };

export interface Accounts {
  /** Judges a name and password. Ten wrong ones a minute and address, then the address waits. */
  logIn(name: string, password: string, address: string): Promise<LogIn>;
  /** Whose session a browser's request belongs to: its cookie counts only in our own pages. */
  visitor(request: FastifyRequest): Promise<User | undefined>;
  /** Whose session a secret is. */
  owner(token: string): Promise<User | undefined>;
}

/** The secret of the session in a Cookie header. */
export const cookieToken = (header: string | undefined): string | undefined =>
  new RegExp(`(?:^|;\\s*)${sessionCookie}=([\\w-]{20,100})(?:;|$)`).exec(header ?? '')?.[1];

export function createAccounts(db: Db): Accounts {
  const limiter = createLoginLimiter();
  const owner = (token: string) => sessionUser(db, token, new Date());
  const visitors = new WeakMap<FastifyRequest, Promise<User | undefined>>();
  return {
    owner,
    async logIn(name, password, address) {
      const now = performance.now();
      const wait = limiter.wait(address, now);
      if (wait > 0) return { kind: 'wait', seconds: Math.ceil(wait / 1000) };
      limiter.begin(address, now);
      const user = await userOf(db, name.slice(0, 200), password.slice(0, 1000));
      if (!user) return { kind: 'wrong' };
      limiter.succeed(address);
      return { kind: 'done', user, token: await beginSession(db, user.id, new Date()) };
    },
    visitor(request) {
      const token = cookieToken(request.headers.cookie);
      if (token === undefined || !comesFromHere(request)) return Promise.resolve(undefined);
      const known = visitors.get(request) ?? owner(token);
      visitors.set(request, known);
      return known;
    },
  };
}
