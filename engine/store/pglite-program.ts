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
 * it and hardly gains: other threads compile for half a second, the exit waits for them, and 660 MB are held instead of 200. Measured:
 * `SHOW GROUPS` 1.5 s with 13 million, 1.2 s with 400 million, 0.67 s with 2 billion; the cost of a job 3.4 ms, no more than before. */
const tieringBudget = '--wasm-tiering-budget=2000000000';

async function compile(): Promise<Compiled> {
  setFlagsFromString(tieringBudget);
  const beside = new URL('./pglite.wasm', import.meta.resolve('@electric-sql/pglite'));
  return WebAssembly.compile(await readFile(beside));
}
