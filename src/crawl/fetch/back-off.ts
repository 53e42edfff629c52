const longestBackOffMs = 6 * 3600_000;

/**
 * The pause after `failures` failed requests in a row: doubles from 2 s on, up to 6 h, ±50 % so that many workers do
 * not come back in step. From the sixth or so it exceeds the limiter's patience: the circuit is open, and the first
 * request after the pause decides whether it closes.
 * @param random 0…1
 */
export function backOffMs(failures: number, random: number): number {
  return Math.min(longestBackOffMs, 1000 * 2 ** failures) * (0.5 + random);
}
