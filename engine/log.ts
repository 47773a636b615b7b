import { appendFileSync, renameSync, statSync } from 'node:fs';
import type { Json, JsonObject } from '../dsl/json.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One JSON object a line. `cause` is what the asker is not told: its stack is kept. */
export interface Log {
  write(level: LogLevel, message: string, detail?: JsonObject, cause?: unknown): void;
}

export interface LogOptions {
  /** `silent` keeps nothing. */
  level: LogLevel | 'silent';
  sink: (line: string) => void;
  /** Milliseconds since 1970. */
  now: () => number;
}

const order: readonly string[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** A log that keeps what is at least as grave as `level`, secrets blotted out. Never throws: a log that cannot be written must not
 * stop the work. */
export function openLog(options: LogOptions): Log {
  const least = order.indexOf(options.level);
  return {
    write(level, message, detail = {}, cause) {
      if (order.indexOf(level) < least) return;
      const time = new Date(options.now()).toISOString();
      const entry = { time, level, message: blotted(message), ...(blot(detail) as JsonObject) };
      try {
        options.sink(
          `${JSON.stringify({ ...entry, ...(cause === undefined ? {} : { cause: causes(cause) }) })}\n`,
        );
      } catch {
        // Nowhere to say it.
      }
    },
  };
}

/** Appends to a file; one that has grown beyond `most` bytes is put aside as `file.1` at opening. */
export function fileSink(file: string, most = 10_000_000): (line: string) => void {
  try {
    if (statSync(file).size > most) renameSync(file, `${file}.1`);
  } catch {
    // No log yet.
  }
  return (line) => appendFileSync(file, line);
}

const secretNames =
  /secret|token|password|passwd|authorization|cookie|api.?key|private.?key|credential|signature/i;

/** Values under telling names, passwords and queries in URLs (signed links), bearer tokens and keys by their form. */
function blot(value: Json): Json {
  if (typeof value === 'string') return blotted(value);
  if (Array.isArray(value)) return value.map(blot);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => [key, secretNames.test(key) ? '[secret]' : blot(inner)]),
  );
}

/** A text without the secrets that can be told by their form. */
export function blotted(text: string): string {
  return text
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)[^\s/?#@]*@/gi, '$1[secret]@')
    .replace(/(\bhttps?:\/\/[^\s?#"']*)\?[^\s"'#]*/gi, '$1?[secret]')
    .replace(/\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi, '$1 [secret]')
    .replace(/\bwhsec_[\w+/=-]+/g, '[secret]');
}

function causes(cause: unknown): Json {
  if (!(cause instanceof Error)) return blotted(String(cause));
  const text = blotted(cause.stack ?? cause.message);
  return cause.cause === undefined ? text : [text, causes(cause.cause)];
}
