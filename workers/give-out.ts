import type { Desk, Input } from './handler.ts';

/** Bytes as people outside are given them. */
export interface Outgoing {
  path: string;
  hash: string;
  bytes: number;
  /** What the asker should know of it. */
  notes?: readonly string[];
}

/** Gives what leaves instead of an input: a copy with content credentials, where it can carry them (engine/provenance/leave.ts). */
export type GiveOut = (input: Input, desk: Desk) => Promise<Outgoing>;

export const asItIs: GiveOut = async ({ path, hash, facts: { bytes } }) => ({ path, hash, bytes });
