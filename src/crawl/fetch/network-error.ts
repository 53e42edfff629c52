import type { Reason } from '../../domain/article.ts';
import { DecompressError } from './decompress.ts';
import { FetchError } from './fetch-error.ts';

const codeReasons: Readonly<Record<string, readonly [reason: Reason, retry: boolean, what: string]>> = {
  ERR_PRIVATE_ADDRESS: ['private-address', false, 'the name leads into a private network'],
  UND_ERR_HEADERS_OVERFLOW: ['too-large', false, 'the response headers are too large'],
  UND_ERR_CONNECT_TIMEOUT: ['unreachable', true, 'no connection in time'],
  UND_ERR_HEADERS_TIMEOUT: ['unreachable', true, 'no answer in time'],
  UND_ERR_BODY_TIMEOUT: ['unreachable', true, 'the answer stalled'],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['unreachable', true, 'the answer is shorter than announced'],
  ENOTFOUND: ['unreachable', true, 'the name is not known'],
  ECONNREFUSED: ['unreachable', true, 'the connection was refused'],
  ECONNRESET: ['unreachable', true, 'the connection was reset'],
  UND_ERR_SOCKET: ['unreachable', true, 'the connection broke'],
  EPIPE: ['unreachable', true, 'the connection broke'],
  ETIMEDOUT: ['unreachable', true, 'no answer in time'],
  EHOSTUNREACH: ['unreachable', true, 'no way leads to its server'],
  CERT_HAS_EXPIRED: ['unreachable', true, 'its certificate has expired'],
  CERT_NOT_YET_VALID: ['unreachable', true, "its certificate is not valid yet, or this machine's clock is slow"],
  ERR_TLS_CERT_ALTNAME_INVALID: ['unreachable', true, 'its certificate is for another name'],
  DEPTH_ZERO_SELF_SIGNED_CERT: ['unreachable', true, 'its certificate is signed by itself alone'],
  SELF_SIGNED_CERT_IN_CHAIN: ['unreachable', true, 'its certificate is signed by nobody whom this machine trusts'],
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: ['unreachable', true, 'it leaves out the certificate that signed its own'],
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: ['unreachable', true, 'it leaves out the certificate that signed its own'],
};
/** Codes that come in families: what llhttp refuses in an answer, what OpenSSL and Node say of a handshake. */
const families: readonly (readonly [codes: RegExp, what: string])[] = [
  [/^HPE_/, 'its answer is no HTTP'],
  [/^(?:ERR_SSL_|EPROTO$)/, 'no TLS handshake comes about'],
  [/^(?:CERT_|UNABLE_TO_|ERR_TLS_)/, 'its certificate cannot be trusted'],
];

/** Faults of this machine and its network, in the operator's words. */
const ownFaults: Readonly<Record<string, string>> = {
  EAI_AGAIN: 'the name could not be looked up: no name server answers',
  EMFILE: 'this process has no more file descriptors: raise its limit (ulimit -n)',
  ENFILE: 'this machine has no more file descriptors',
  ENOBUFS: 'this machine has no more memory for connections',
  EADDRNOTAVAIL: 'this machine has no more ports, or no address',
  ENETUNREACH: 'this machine has no way into the network',
  ENETDOWN: "this machine's network is down",
};

/** Every code in an error and in what it was caused by or collected from. */
function* codesOf(error: unknown, depth = 0): Generator<string> {
  if (!(error instanceof Error) || depth > 4) return;
  if ('code' in error && typeof error.code === 'string') yield error.code;
  yield* codesOf(error.cause, depth + 1);
  if (error instanceof AggregateError) for (const each of error.errors) yield* codesOf(each, depth + 1);
}

/**
 * What went wrong on the way, in the operator's words.
 * @param throughProxy who refuses a connection is the proxy then, not the site
 */
export function networkError(url: string, error: unknown, throughProxy = false): FetchError {
  if (error instanceof DecompressError)
    return new FetchError(url, error.tooLarge ? 'too-large' : 'unreachable', error.message, {
      retry: !error.tooLarge,
      cause: error,
    });
  for (const code of codesOf(error)) {
    const own = throughProxy && code === 'ECONNREFUSED' ? 'the proxy refuses the connection' : ownFaults[code];
    if (own !== undefined) return new FetchError(url, 'unreachable', own, { retry: true, ours: true, cause: error });
    const known = codeReasons[code];
    if (known) return new FetchError(url, known[0], known[2], { retry: known[1], cause: error });
    const family = families.find(([codes]) => codes.test(code));
    if (family) return new FetchError(url, 'unreachable', `${family[1]} (${code})`, { retry: true, cause: error });
  }
  // What is collected from several addresses of a name has no message of its own.
  const message =
    (error instanceof Error ? error.message : String(error)) ||
    [...new Set(codesOf(error))].join(', ') ||
    'no connection';
  return new FetchError(url, 'unreachable', message, { retry: true, cause: error });
}
