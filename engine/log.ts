import { appendFileSync, renameSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Logger } from 'pino';
import type { Json, JsonObject } from '../dsl/json.ts';
import { type Blotter, blotter } from './log/blotter.ts';

export { blotted } from './log/blotted.ts';

export type LogLevel = 'debug' | 'info' | 'warn' | 'error';

/** One JSON object a line. `cause` is what the asker is not told: its stack is kept. */
export interface Log {
  write(level: LogLevel, message: string, detail?: JsonObject, cause?: unknown): void;
  /** The same log, with these details in every line: `{ worker, job: 'j40', group: 'g7', workspace }`. */
  with(detail: JsonObject): Log;
}

export interface LogOptions {
  /** `silent` keeps nothing. */
  level: LogLevel | 'silent';
  sink: (line: string) => void;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Texts that must never be seen, such as the password of the database (engine/log/secrets-in.ts); what is secret by its form is
   * known without. */
  secrets?: readonly string[];
}

const order: readonly string[] = ['debug', 'info', 'warn', 'error', 'silent'];

/** A log that keeps what is at least as grave as `level`, secrets blotted out. It writes before it returns, so that the last words of a
 * process are kept, and never throws: a log that cannot be written must not stop the work. */
export function openLog(options: LogOptions): Log {
  const least = order.indexOf(options.level);
  let pen: { blot: Blotter; logger: Logger } | null = null;
  const loggingWith = (always: JsonObject): Log => ({
    write(level, message, detail = {}, cause) {
      if (order.indexOf(level) < least) return;
      try {
        pen ??= { blot: blotter(options.secrets ?? []), logger: openPino(options) };
        const { blot, logger } = pen;
        const entry = spoken(blot.json({ ...always, ...detail }) as JsonObject);
        if (cause !== undefined) entry.cause = blot.cause(cause);
        logger[level](entry, blot.text(message));
      } catch {
        // Nowhere to say it.
      }
    },
    with: (detail) => loggingWith({ ...always, ...detail }),
  });
  return loggingWith({});
}

/** Appends to a file; one that has grown beyond `most` bytes is put aside as `file.1`, whoever else writes to it. */
export function fileSink(file: string, most = 10_000_000): (line: string) => void {
  let unseen = 0;
  const putAside = () => {
    unseen = 0;
    try {
      if (statSync(file).size > most) renameSync(file, `${file}.1`);
    } catch {
      // No log yet.
    }
  };
  putAside();
  return (line) => {
    if (unseen > most / 10) putAside();
    unseen += line.length;
    appendFileSync(file, line);
  };
}

/** Required, not imported, when the first line is written: most commands write none and need not wait 30 ms for it, and the last words of a
 * process that dies cannot wait for a promise. */
function openPino({ sink, now }: LogOptions): Logger {
  const { pino } = createRequire(import.meta.url)('pino') as typeof import('pino');
  return pino(
    {
      level: 'debug',
      base: null,
      messageKey: 'message',
      timestamp: () => `,"time":"${new Date(now()).toISOString()}"`,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: sink },
  );
}

/** Details under the names of the line's own parts would stand beside them as a second part of that name. */
function spoken(detail: JsonObject): Record<string, Json> {
  return Object.fromEntries(
    Object.entries(detail).map(([key, value]) => [own.has(key) ? `${key}_` : key, value]),
  );
}

const own: ReadonlySet<string> = new Set(['time', 'level', 'message', 'cause']);
