import type { Statement } from '../../engine/provenance/manifest.ts';
import type { Credentials } from './credentials.ts';

/** What the child is sent: one job, after which it ends. */
export type ProvenanceJob =
  | {
      do: 'sign';
      source: string;
      target: string;
      mediaType: string;
      statement: Statement;
      files: ReadonlyMap<string, string>;
      /** Whether each of them is looked at twice. */
      wary: boolean;
      /** Where a time stamp is asked for (RFC 3161), on this machine; null for none. */
      timeFrom: string | null;
      credentials: Pick<Credentials, 'chain' | 'key' | 'algorithm'>;
    }
  /** `ours`: whose signature is trusted; `clocks`: who is believed of the time alone. */
  | { do: 'read'; source: string; mediaType: string; ours: string; clocks: string };

/** What it is at while it signs: the hash of an ingredient that it reads, or null. */
export interface ProvenanceNews {
  at: string | null;
}

/** What it says at last: the manifest store as JSON, or null where there is none; `timed` is the same as they see it who believe the clocks, where that makes a difference. */
export type ProvenanceAnswer =
  | { read: string | null; timed: string | null }
  | { signed: true }
  | { problem: string };
