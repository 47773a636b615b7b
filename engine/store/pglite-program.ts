import { readFile } from 'node:fs/promises';
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

async function compile(): Promise<Compiled> {
  const beside = new URL('./pglite.wasm', import.meta.resolve('@electric-sql/pglite'));
  return WebAssembly.compile(await readFile(beside));
}
