import { answerLimits } from '../../domain/source.ts';

/** What one answer may cost. Sizes in bytes, times in milliseconds. */
export interface Limits {
  /** Of the body, as sent and after decompression. */
  readonly bodyBytes: number;
  readonly headerBytes: number;
  readonly redirects: number;
  readonly connectMs: number;
  /** Without a byte: for the headers, and between two pieces of the body. */
  readonly silenceMs: number;
  /** From the first request to the last byte, redirects included, waiting for the host not. */
  readonly totalMs: number;
}

export const defaultLimits: Limits = {
  bodyBytes: answerLimits.maxBytes,
  headerBytes: 64 * 1024,
  redirects: answerLimits.maxRedirects,
  connectMs: 10_000,
  silenceMs: 10_000,
  totalMs: answerLimits.maxSeconds * 1000,
};
