import { readFile } from 'node:fs/promises';
import { setFlagsFromString } from 'node:v8';
import type { PGliteOptions } from '@electric-sql/pglite';

type Compiled = NonNullable<PGliteOptions['pgliteWasmModule']>;

/** The library of PGlite with its WebAssembly compiled, so that several databases of a process may share it. */
export interface PgliteProgram {
  library: typeof import('@electric-sql/pglite');
  /** Null where it is not found beside the library, which then compiles it by itself. */
  compiled: Compiled | null;
}

/** Loads PostgreSQL in WebAssembly. Other threads compile its 9 MB in 0.1 s: begin early, and go on with loading what else is needed. */
export async function loadPglite(): Promise<PgliteProgram> {
  const compiling = compile().catch(() => null);
  return { library: await import('@electric-sql/pglite'), compiled: await compiling };
}

/** Of JavaScript itself; TypeScript has its types only for browsers. */
declare const WebAssembly: { compile(bytes: Uint8Array): Promise<Compiled> };

/** V8 compiles a WebAssembly function anew, optimised, once it has run for so many bytes. With its own 13 million a short command pays for
 * it and hardly gains: half a second of other threads' work that the exit waits for, and 660 MB instead of 200. Measured with 400
 * million: `SHOW GROUPS` 1.5 s → 1.0 s, the cost of a job unchanged (7 ms). */
const tieringBudget = '--wasm-tiering-budget=400000000';

async function compile(): Promise<Compiled> {
  setFlagsFromString(tieringBudget);
  const beside = new URL('./pglite.wasm', import.meta.resolve('@electric-sql/pglite'));
  return WebAssembly.compile(await readFile(beside));
}
