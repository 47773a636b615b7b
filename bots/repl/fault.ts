import { mkdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import type { Config } from '../../engine/config.ts';
import { HomeHeld } from '../../engine/home/lock.ts';
import { fileSink, openLog } from '../../engine/log.ts';
import { isAway } from '../../engine/store/port.ts';

/** Something that an asker should read: an error whose class says so with `hint`, such as a Failure or a home that is in use. */
interface Told extends Error {
  code?: string;
  hint?: string | null;
}

/** What to print for an error that reached the top. Errors that were written for people are printed as they are; of anything else the
 * person gets one line and the log gets the stack. */
export async function describeFault(
  error: unknown,
  config: Pick<Config, 'home' | 'secrets'>,
  now: Date,
): Promise<string> {
  const told = asTold(error);
  if (told) return told.hint ? `${told.message}\n   = ${told.hint}` : told.message;
  const system = systemWords(error);
  if (system) return system;
  if (isAway(error))
    return 'the database does not answer just now: what was accepted stands there and goes on\n   = try again in a moment; pql doctor says whether it is reached';
  const file = await keep(error, config, now);
  const message = error instanceof Error ? error.message.split('\n')[0] : String(error);
  return `something went wrong inside pql: ${message}\n   = the details are in ${file}`;
}

/** Failures (engine/failure.ts) and whatever else carries a PQL code were written for people. */
function asTold(error: unknown): Told | null {
  if (!(error instanceof Error)) return null;
  const told = error as Told;
  const forPeople =
    error instanceof HomeHeld ||
    'hint' in told ||
    (typeof told.code === 'string' && told.code.startsWith('PQL'));
  return forPeople ? told : null;
}

/** The same for `--json`: a line of the type `failed` that belongs to no job. `text` is what describeFault said. */
export function faultEvent(error: unknown, text: string): object {
  const told = asTold(error);
  const [message, hint = null] = text.split('\n   = ');
  return { type: 'failed', group: null, job: null, code: told?.code ?? 'PQL600', message, hint };
}

/** Errors of the operating system that a person can mend; null for any other. */
export function systemWords(error: unknown): string | null {
  const { code, path } = (error ?? {}) as NodeJS.ErrnoException;
  const what = path ? `${path}: ` : '';
  if (code === 'ENOENT') return `${what}there is no such file`;
  if (code === 'EACCES' || code === 'EPERM') return `${what}permission denied`;
  if (code === 'EROFS') return `${what}the disk is read-only`;
  if (code === 'ENOSPC') return `${what}no space is left on the disk`;
  if (code === 'EISDIR') return `${what}this is a folder, not a file`;
  if (code === 'ENOTDIR') return `${what}a part of this path is no folder`;
  return null;
}

/** Through the log, which blots out what is secret. */
async function keep(
  error: unknown,
  { home, secrets }: Pick<Config, 'home' | 'secrets'>,
  now: Date,
): Promise<string> {
  for (const file of [join(home, 'pql.log'), join(tmpdir(), `pql-${process.getuid?.() ?? 0}.log`)]) {
    try {
      await mkdir(dirname(file), { recursive: true });
      const sink = fileSink(file);
      sink('');
      openLog({ level: 'error', sink, now: () => now.getTime(), secrets }).write(
        'error',
        'pql ended',
        {},
        error,
      );
      return file;
    } catch {
      // The home may be what is broken: the temporary folder is next.
    }
  }
  return 'no log: neither the home nor the temporary folder can be written';
}
