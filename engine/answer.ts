import type { Json } from '../dsl/json.ts';

/** What a command (SHOW, FIND, SET, HELP …) answers; every front end renders it in its own way, `--json` prints it as it is. */
export type Answer =
  | { type: 'table'; title: string; columns: Column[]; rows: Json[][]; total: number; hint: string | null }
  /** `follow` names a group that works on because of it, to be watched like one that was just submitted. */
  | {
      type: 'text';
      title: string | null;
      text: string;
      format: 'plain' | 'pql' | 'markdown';
      follow?: string;
    }
  /** A destructive command that waits for a yes. */
  | { type: 'confirm'; question: string; touches: string[] }
  | { type: 'refused'; code: string; message: string; hint: string | null };

/** `bytes`, `seconds` and `time` (ISO 8601) are raw in `rows` and formatted by the front end. */
export interface Column {
  name: string;
  type: 'text' | 'number' | 'bytes' | 'seconds' | 'time' | 'id' | 'state' | 'pql';
}
