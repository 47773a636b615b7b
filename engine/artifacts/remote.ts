import type { FileHandle } from 'node:fs/promises';
import type { ServedAs } from './port.ts';
import type { Digested } from './stream.ts';

/** Where several machines keep their artifacts: what a shared folder and an object store have to do. Everything above it (hashing, the
 * cache, verifying, trying again) is in shared.ts. Errors are Failures in words, `transient` where it may answer later. */
export interface Remote {
  /** For people: `/mnt/films`, `s3://bucket/films`. */
  where: string;
  /** Writes the bytes of an open file, which are known to be these, under their hash; nothing is seen of them before all are there to stay.
   * What stands there already is left as it is, unless its size is wrong. Throws PQL611 when the file gives other bytes now. */
  send(source: FileHandle, digested: Digested, signal?: AbortSignal): Promise<void>;
  /** The bytes from an offset on, in pieces; may break off, and is then asked for the rest. */
  read(hash: string, from: number, signal?: AbortSignal): AsyncIterable<Uint8Array>;
  /** Null when it is not there. */
  size(hash: string, signal?: AbortSignal): Promise<number | null>;
  /** Nothing happens when it is not there. */
  remove(hash: string): Promise<void>;
  list(): AsyncIterable<Aged>;
  /** Removes what writers left unfinished who have not written for so many seconds, by the store's own clock. Returns how many. */
  sweep(seconds: number): Promise<number>;
  /** Puts bytes that are not what their name says out of the way, for people to look at; says where they are. Null when it cannot. */
  setAside(hash: string): Promise<string | null>;
  /** An address that anybody can read the bytes from for so many seconds, under a name; null where there is none. */
  address(hash: string, seconds: number, name: string, as?: ServedAs): Promise<string | null>;
  /** Writes, reads and removes something small; throws a Failure where that does not work. Returns the free bytes, null when unlimited. */
  check(signal?: AbortSignal): Promise<{ free: number | null; notes: readonly string[] }>;
}

export interface Aged extends Digested {
  /** Seconds since it was written, by the store's own clock. */
  age: number;
}
