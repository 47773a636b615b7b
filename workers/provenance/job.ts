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
      credentials: Credentials;
    }
  | { do: 'read'; source: string; mediaType: string; ours: string };

/** What it says: the manifest store as JSON, or null where there is none. */
export type ProvenanceAnswer = { read: string | null } | { signed: true } | { problem: string };
