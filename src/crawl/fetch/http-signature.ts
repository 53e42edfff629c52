import { createHash, createPrivateKey, createPublicKey, type KeyObject, randomBytes, sign } from 'node:crypto';

/** A part of a message that a signature covers: its identifier as RFC 9421 writes it, and its value. */
export type Component = readonly [identifier: string, value: string];
/** Parameters of a signature in order; numbers are written bare, texts quoted. */
export type Parameters = Readonly<Record<string, string | number>>;

/** What stands in `Signature-Input` behind the label: the covered components and the parameters (RFC 9421, 2.3). */
export function signatureParameters(components: readonly Component[], parameters: Parameters): string {
  const covered = components.map(([identifier]) => identifier).join(' ');
  const described = Object.entries(parameters).map(
    ([name, value]) => `;${name}=${typeof value === 'number' ? value : `"${value}"`}`,
  );
  return `(${covered})${described.join('')}`;
}

/** The text that is signed (RFC 9421, 2.5). */
export const signatureBase = (components: readonly Component[], parameters: string): string =>
  [...components, ['"@signature-params"', parameters] as const]
    .map(([identifier, value]) => `${identifier}: ${value}`)
    .join('\n');

/** Base64 of the Ed25519 signature of a text. */
export const signText = (text: string, key: KeyObject): string => sign(null, Buffer.from(text), key).toString('base64');

/** An Ed25519 key that signs, with its public half as others fetch and name it. */
export interface SigningKey {
  readonly privateKey: KeyObject;
  /** The public half as JSON Web Key, with its name. */
  readonly jwk: { readonly kty: 'OKP'; readonly crv: 'Ed25519'; readonly x: string; readonly kid: string };
}

/** @param pem PKCS#8, as `openssl genpkey -algorithm ed25519` writes it. @throws Error when it is no private Ed25519 key */
export function signingKey(pem: string): SigningKey {
  const privateKey = createPrivateKey(pem);
  if (privateKey.asymmetricKeyType !== 'ed25519')
    throw new Error(`it holds a key of the kind ${privateKey.asymmetricKeyType}; Ed25519 is wanted`);
  const x = String(createPublicKey(privateKey).export({ format: 'jwk' }).x);
  // The key's thumbprint (RFC 7638, RFC 8037): the members in this order, without spaces.
  const kid = createHash('sha256')
    .update(JSON.stringify({ crv: 'Ed25519', kty: 'OKP', x }))
    .digest('base64url');
  return { privateKey, jwk: { kty: 'OKP', crv: 'Ed25519', x, kid } };
}

/** Random text that makes each signature another one. */
export const nonce = (): string => randomBytes(32).toString('base64');
