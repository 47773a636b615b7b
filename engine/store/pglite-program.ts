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

/** V8 compiles a WebAssembly function anew, optimised, once it has run for a while. One of PostgreSQL's has 105 kB and runs in every statement:
 * other threads compile it for 0.5 s of CPU and with 600 MB, even under the largest budget that V8 knows, and the exit waits for them. What
 * is gained by it is lost in the noise: 50,000 rows are read in 17 ms either way, a point query takes 0.17 ms; only of 200 jobs that many claim
 * at once does each cost a fifth more. Measured, a run that recalls all: 2.8 s of CPU and 760 MB with, 2.3 s and 245 MB without. */
const withoutOptimising = ['--no-wasm-tier-up', '--no-wasm-dynamic-tiering'];

async function compile(): Promise<Compiled> {
  for (const flag of withoutOptimising) setFlagsFromString(flag);
  const beside = new URL('./pglite.wasm', import.meta.resolve('@electric-sql/pglite'));
  return WebAssembly.compile(await readFile(beside));
}
