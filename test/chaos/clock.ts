import { existsSync } from 'node:fs';

const places = ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib', '/usr/local/lib'];
const library = places.map((place) => `${place}/faketime/libfaketimeMT.so.1`).find(existsSync);

/** The environment in which a process reads the time of a file; empty where libfaketime (Debian: faketime) is not installed. */
export function clockLibrary(file: string): Readonly<Record<string, string>> {
  if (!library) return {};
  return { LD_PRELOAD: library, FAKETIME_TIMESTAMP_FILE: file, FAKETIME_CACHE_DURATION: '1', DONT_FAKE_MONOTONIC: '1' };
}
export const canJump = library !== undefined;
