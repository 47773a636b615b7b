/** Bytes by the SHA-256 of their content: immutable, never overwritten, never half there. One contract suite for every adapter:
 * test/contracts/artifacts.ts. */
export interface ArtifactStore {
  /** Takes in a file, which may be gone afterwards (it is moved when that is possible, copied when not). Safe to repeat.
   * Returns the SHA-256 of the content as lower-case hex and its size once both are on disk to stay. */
  put(file: string, signal?: AbortSignal): Promise<{ hash: string; bytes: number }>;
  /** Where the bytes can be read: an absolute path, verified to exist. A store that keeps only some of them near brings them here first,
   * and keeps them for a `reader`. Throws Failure PQL610 when they are lost, PQL613 when they are not what they were. */
  path(hash: string, reader?: Reader): Promise<string>;
  has(hash: string): Promise<boolean>;
  /** Forgets the bytes; nothing happens when they are not there. */
  remove(hash: string): Promise<void>;
  list(): AsyncIterable<ListedArtifact>;
  /** An address that anybody can read the bytes from for so many seconds, as a file of that name; null where a store has none to give. */
  address?(hash: string, seconds: number, name: string, as?: ServedAs): Promise<string | null>;
  /** Seconds that a removal may still be on its way when who asked for it has died; none where it is absent. */
  lingering?: number;
}

/** How bytes are served at an address: their media type (`video/mp4`), and whether they are to be shown or saved, which is usual. */
export interface ServedAs {
  type?: string;
  disposition?: 'inline' | 'attachment';
}

/** Who reads bytes for longer than a moment. */
export interface Reader {
  /** A folder of its own, on the disk of this machine's home: the file stays as long as the folder does. */
  scratch: string;
  signal?: AbortSignal;
}

export interface StoredArtifact {
  hash: string;
  bytes: number;
}

export interface ListedArtifact extends StoredArtifact {
  /** Seconds since it was written, by the store's own clock; absent where only this machine writes. */
  age?: number;
}
