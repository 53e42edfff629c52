import type { Rhythm, SourceFacts } from '../../store/read/alert-facts.ts';
import type { DeliveryState } from '../../store/read/operations.ts';

/** A queue whose oldest waiting job has waited so long. */
export interface QueueFacts {
  readonly name: string;
  readonly waitingMinutes: number;
  readonly paused: boolean;
}

/** The certificate of a server: when it ends, or what is wrong with it. */
export interface CertificateFacts {
  readonly host: string;
  readonly endsAt: Date | undefined;
  readonly error: string | undefined;
}

/** All that alerts are judged by. */
export interface Facts {
  readonly sources: readonly SourceFacts[];
  readonly wire: Rhythm;
  readonly lag: { readonly articles: number; readonly minutes: number };
  readonly deliveries: readonly DeliveryState[];
  readonly queues: readonly QueueFacts[];
  readonly disk: { readonly folder: string; readonly freePercent: number } | undefined;
  readonly certificates: readonly CertificateFacts[];
}
