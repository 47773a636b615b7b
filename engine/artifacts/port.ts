/** Bytes by the SHA-256 of their content: immutable, never overwritten, never half there. One contract suite for every adapter:
 * test/contracts/artifacts.ts. */
export interface ArtifactStore {
  /** Takes in a file, which may be gone afterwards (it is moved when that is possible, copied when not). Safe to repeat.
   * Returns the SHA-256 of the content as lower-case hex and its size once both are on disk to stay. */
  put(file: string, signal?: AbortSignal): Promise<{ hash: string; bytes: number }>;
  /** Where the bytes can be read: an absolute path, verified to exist. Throws Failure PQL610 when they are lost. */
  path(hash: string): Promise<string>;
  has(hash: string): Promise<boolean>;
  /** Forgets the bytes; nothing happens when they are not there. */
  remove(hash: string): Promise<void>;
  list(): AsyncIterable<StoredArtifact>;
}

export interface StoredArtifact {
  hash: string;
  bytes: number;
}
