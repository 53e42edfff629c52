import type { HostLeases } from '../ports.ts';

interface MemoryLease {
  readonly holder?: string | undefined;
  readonly heldUntil: number;
  readonly endedAt: number;
  readonly notBefore: number;
}
interface Rest {
  readonly until: number;
  readonly failures: number;
}

const untouched: MemoryLease = { heldUntil: 0, endedAt: Number.NEGATIVE_INFINITY, notBefore: 0 };

/** The leases of one process. */
export function createMemoryLeases(now: () => number = () => performance.now()): HostLeases {
  const sites = new Map<string, MemoryLease>();
  /** Origins that fail. */
  const rests = new Map<string, Rest>();
  return {
    async take({ site, origin }, holder, { gapMs, leaseMs }) {
      const at = now();
      const lease = sites.get(site) ?? untouched;
      const { until, failures } = rests.get(origin) ?? { until: at, failures: 0 };
      const freeAt = Math.max(lease.endedAt + gapMs, lease.notBefore);
      if (lease.heldUntil > at || freeAt > at || until > at)
        return { taken: false, heldMs: lease.heldUntil - at, awayMs: freeAt - at, restMs: until - at };
      sites.set(site, { ...lease, holder, heldUntil: at + leaseMs });
      return { taken: true, failures };
    },
    async giveBack({ site, origin }, holder, { failures, restMs, awayMs }) {
      const at = now();
      if (sites.get(site)?.holder !== holder) return;
      sites.set(site, { heldUntil: 0, endedAt: at, notBefore: at + awayMs });
      if (failures === 0) rests.delete(origin);
      else rests.set(origin, { until: at + restMs, failures });
    },
  };
}
