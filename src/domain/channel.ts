import { z } from 'zod';
import { readPushAddress } from './push-address.ts';

/** The ways on which somebody can be told something. */
export const channels = ['email', 'push', 'ntfy', 'webhook'] as const;
export type Channel = (typeof channels)[number];

/** A channel with its address: a mail address, a browser's push service, a topic of ntfy as a URL, or the URL of a webhook. */
export interface Recipient {
  readonly channel: Channel;
  readonly address: string;
}

const mail = z.email();
const web = z.url({ protocol: /^https?$/ });
/** Addresses of push services are long, and carry keys. */
const longest = 1500;

/** Whether the address is one of that channel. */
export function isAddressOf(channel: Channel, address: string): boolean {
  if (address.length > longest) return false;
  if (channel === 'email') return mail.safeParse(address).success;
  if (!web.safeParse(address).success) return false;
  if (channel === 'push') return readPushAddress(address) !== undefined;
  return channel === 'webhook' || ntfyTopic(address) !== undefined;
}

/** Reads `ops@site.example`, `ntfy:https://ntfy.sh/topic` or `https://…` (a webhook); undefined when it is none of them. */
export function readRecipient(text: string): Recipient | undefined {
  const ntfy = text.startsWith('ntfy:');
  const channel = ntfy ? 'ntfy' : text.includes('://') ? 'webhook' : 'email';
  const address = ntfy ? text.slice('ntfy:'.length) : text;
  return isAddressOf(channel, address) ? { channel, address } : undefined;
}

/** The server and the topic of a topic's address: the last part of its path is the topic. */
export function ntfyTopic(address: string): { server: URL; topic: string } | undefined {
  const url = new URL(address);
  const at = url.pathname.lastIndexOf('/') + 1;
  const topic = url.pathname.slice(at);
  if (!/^[\w-]{1,64}$/.test(topic)) return undefined;
  const server = new URL(url.pathname.slice(0, at), url);
  server.username = url.username;
  server.password = url.password;
  return { server, topic };
}

/** A target of deliveries, `webhook https://…`, as it may be shown. */
export function shownTarget(target: string): string {
  const at = target.lastIndexOf(' ') + 1;
  return target.slice(0, at) + shownAddress(target.slice(at));
}

/** An address as it may be shown: who it leads to, without what opens it. Paths of webhooks hold secrets. */
export function shownAddress(address: string): string {
  if (!URL.canParse(address) || !address.includes('://')) return address;
  const { origin, pathname } = new URL(address);
  return pathname === '/' ? origin : `${origin}/…`;
}
