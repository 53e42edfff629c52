import { createHash, timingSafeEqual } from 'node:crypto';
import basicAuth from '@fastify/basic-auth';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import ipaddr from 'ipaddr.js';
import type { Settings } from '../domain/settings.ts';

/** Why someone may not see an operator's page. */
export interface Refusal {
  readonly status: 401 | 403;
  readonly message: string;
}

export interface Access {
  /** Undefined when the one who asks is the operator. */
  refusal(request: FastifyRequest, reply: FastifyReply): Promise<Refusal | undefined>;
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/** An address of this machine only: 127.0.0.0/8, ::1, or IPv4 in IPv6. */
export const isLoopback = (address: string | undefined): boolean =>
  address !== undefined && ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback';

/** The name by which the browser asked is this machine's: a foreign name that leads to 127.0.0.1 (DNS rebinding) is none. */
const isLoopbackName = (hostname: string): boolean =>
  hostname === 'localhost' || isLoopback(hostname.replace(/^\[|\]$/g, ''));

const behindProxy = (request: FastifyRequest): boolean =>
  ['forwarded', 'x-forwarded-for', 'x-real-ip', 'via'].some((name) => request.headers[name] !== undefined);

/**
 * Who is the operator: whoever knows the password; without a password whoever sits at this machine.
 * Registers Basic authentication (RFC 7617; user `operator`) with the server.
 */
export async function openAccess(
  app: FastifyInstance,
  { HOST, OPERATOR_PASSWORD: password }: Pick<Settings, 'HOST' | 'OPERATOR_PASSWORD'>,
): Promise<Access> {
  if (password === undefined) {
    return {
      async refusal(request) {
        const atThisMachine =
          isLoopbackName(HOST) &&
          isLoopback(request.socket.remoteAddress) &&
          isLoopbackName(hostnameOf(request)) &&
          !behindProxy(request);
        if (atThisMachine) return undefined;
        return {
          status: 403,
          message:
            'The pages of the operator are closed: without a password they open only at the machine itself, and only while the server listens on loopback (HOST=127.0.0.1). Set OPERATOR_PASSWORD and start again; the user name is operator.',
        };
      },
    };
  }
  const expected = digest(`operator:${password}`);
  await app.register(basicAuth, {
    validate: async (name, given) => {
      if (!timingSafeEqual(digest(`${name}:${given}`), expected)) throw new Error('wrong name or password');
    },
  });
  return {
    refusal: (request, reply) =>
      new Promise((resolve) => {
        app.basicAuth(request, reply, (error) => {
          resolve(
            error && { status: 401, message: 'Name (operator) and password (OPERATOR_PASSWORD) are needed here.' },
          );
        });
      }),
  };
}

/** The name in the Host header; not that of a proxy's X-Forwarded-Host. */
function hostnameOf(request: FastifyRequest): string {
  const host = `http://${request.headers.host ?? ''}`;
  return URL.canParse(host) ? new URL(host).hostname : '';
}
