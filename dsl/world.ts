import type { ConsentView } from './consent.ts';
import type { Facts } from './facts.ts';
import type { Json } from './json.ts';
import type { Kind } from './kind.ts';

/** Media that exists: an artifact of the asker's workspace, or a local file that was looked at. */
export interface Known {
  /** SHA-256 of the bytes, hex. */
  hash: string;
  kind: Kind;
  facts: Facts;
  /** `v12`; null for a local file that is not in the workspace yet. */
  id: string | null;
  /** Canonical PQL that made it, if WatchAI did. */
  recipe: string | null;
}

/** Why a local file or a destination cannot be used, for the asker to read. */
export interface Unusable {
  /** `the file is empty`. */
  problem: string;
  hint?: string;
  /** Family of the diagnostic: 4 (wrong media) or 5 (refused). */
  family: 4 | 5;
}

export interface ModelEntry {
  name: string;
  /** SHA-256 over the weight files, hex: known from the manifest before anything is pulled. */
  digest: string;
  /** What it is for, in the catalogue's words: `upscale`, `interpolate`, `denoise`. */
  task: string;
  /** Factors it can enlarge by: [2, 4]. */
  factors: number[];
  /** Bytes that a process which runs it takes. */
  memory?: number;
}

/** One of the things that FROM found. */
export interface Found extends Known {
  id: string;
  /** All fields of the collection by name, null where unknown. */
  fields: Readonly<Record<string, Json>>;
}

/** What FROM found, in the order of its ORDER BY; or why it cannot be said. */
export type Answered =
  | { items: readonly Found[] }
  | { problem: 'unknown group' | 'running group' | 'too many' };

/** What the planner is told about the world, collected before it runs, so that planning is pure and needs no disk, network or clock. */
export interface World {
  /** By id (`v12`), by name (case-insensitive), or `_` for the last result; null when unknown. */
  media: ReadonlyMap<string, Known | null>;
  /** By the path as written. */
  files: ReadonlyMap<string, Known | Unusable>;
  /** By the path as written after TO: null when it may be written, else why not. `exists` is lifted by OVERWRITE or by recall of the same bytes. */
  destinations: ReadonlyMap<string, Unusable | { exists: true } | null>;
  /** By the URL as written, for `? url` and NOTIFY: null when the literal passes the egress rules. */
  urls: ReadonlyMap<string, Unusable | null>;
  /** By `JSON.stringify` of the query: what MAP and REDUCE are to work on. */
  queries: ReadonlyMap<string, Answered>;
  models: readonly ModelEntry[];
  /** The default model by task. */
  defaultModels: Readonly<Record<string, string>>;
  generators: readonly string[];
  /** Settings by name with their present values, for SET and SHOW. */
  settings: ReadonlyMap<string, SettingEntry>;
  /** Who may be shown and who may not; absent where nobody looked (`pql check`). */
  consent?: ConsentView | undefined;
  /** Names and ids to suggest from. */
  names: readonly string[];
}

/** A setting that SET may change. */
export interface SettingEntry {
  name: string;
  value: string;
  help: string;
  /** The type of its value in the catalogue's words. */
  type: 'duration' | 'size' | 'rate' | 'bytes' | 'word' | 'number' | 'switch';
  words?: readonly string[];
}
