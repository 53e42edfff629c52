import {
  type Component,
  nonce,
  type SigningKey,
  signatureBase,
  signatureParameters,
  signText,
} from './http-signature.ts';

/**
 * How the crawler proves to a site who asks: Web Bot Auth (draft-meunier-web-bot-auth-architecture-05), by signatures of HTTP messages
 * (RFC 9421). `Signature-Agent` names the origin at which the site finds the keys.
 */
export interface BotIdentity {
  /** Headers that sign a request to this address. */
  sign(url: URL): Readonly<Record<string, string>>;
  /** The keys by which sites check the signatures, and what the answer says beside it. */
  directory(): { readonly body: string; readonly headers: Readonly<Record<string, string>> };
}

const directoryType = 'application/http-message-signatures-directory+json';
/** A request is answered within that time, and one that somebody recorded is worth nothing soon after. */
const validSeconds = 60;
/** How long a site may keep the keys. */
const directorySeconds = 86_400;
const label = 'sig1';

/** @param agent origin at which the key directory is served, `https://wire.example` */
export function createBotIdentity(key: SigningKey, agent: string, now: () => number = Date.now): BotIdentity {
  const signed = (components: readonly Component[], tag: string, seconds: number): Record<string, string> => {
    const created = Math.floor(now() / 1000);
    const parameters = signatureParameters(components, {
      created,
      expires: created + seconds,
      keyid: key.jwk.kid,
      alg: 'ed25519',
      nonce: nonce(),
      tag,
    });
    return {
      'signature-input': `${label}=${parameters}`,
      signature: `${label}=:${signText(signatureBase(components, parameters), key.privateKey)}:`,
    };
  };
  return {
    sign(url) {
      const components: Component[] = [
        ['"@authority"', url.host],
        [`"signature-agent";key="${label}"`, `"${agent}"`],
      ];
      return { 'signature-agent': `${label}="${agent}"`, ...signed(components, 'web-bot-auth', validSeconds) };
    },
    directory: () => ({
      body: JSON.stringify({ keys: [{ ...key.jwk, use: 'sig' }] }),
      headers: {
        'content-type': directoryType,
        'cache-control': `public, max-age=${directorySeconds}`,
        // The answer is signed with its own key, so that nobody can serve it as theirs.
        ...signed([['"@authority";req', new URL(agent).host]], 'http-message-signatures-directory', directorySeconds),
      },
    }),
  };
}
