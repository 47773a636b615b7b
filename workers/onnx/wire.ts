import { freeAtOnce } from '../process/free-at-once.ts';

/** Messages between us and the process that runs a network: eight bytes of lengths, JSON, then bytes. Raw pipes, since IPC would copy and
 * encode each frame again. */

export interface Ask {
  width: number;
  height: number;
  /** How many frames of `width * height * 3` bytes follow. */
  frames: number;
  /** 0 to 1: the moment between two frames; absent for networks that take one. */
  time?: number;
}

export type Reply =
  | { ready: true; provider: string }
  | { width: number; height: number; milliseconds: number }
  | { error: string };

/** Bytes before the JSON. */
export const prefixBytes = 8;

export function encodePrefix(message: Ask | Reply, payloadBytes: number): Buffer {
  const json = Buffer.from(JSON.stringify(message));
  const head = Buffer.alloc(prefixBytes);
  head.writeUInt32LE(json.length, 0);
  head.writeUInt32LE(payloadBytes, 4);
  return Buffer.concat([head, json]);
}

export function decodePrefix(head: Buffer): { jsonBytes: number; payloadBytes: number } {
  return { jsonBytes: head.readUInt32LE(0), payloadBytes: head.readUInt32LE(4) };
}

/** Gives a function that takes the chunks of a stream and calls back with each whole message; every payload is a buffer of its own, and
 * each byte is copied once. The chunks are given up: their memory is freed. */
export function messageReader<T>(receive: (message: T, payload: Buffer) => void): (chunk: Buffer) => void {
  const head = Buffer.alloc(prefixBytes);
  let [json, payload] = [Buffer.alloc(0), Buffer.alloc(0)];
  let parts: Buffer[] = [head];
  let [part, filled] = [0, 0];

  return (chunk) => {
    let from = 0;
    while (from < chunk.length || (part < parts.length && parts[part]?.length === filled)) {
      const target = parts[part] as Buffer;
      const taken = chunk.copy(target, filled, from);
      from += taken;
      filled += taken;
      if (filled < target.length) continue;
      part++;
      filled = 0;
      if (part === 1) {
        const lengths = decodePrefix(head);
        json = Buffer.alloc(lengths.jsonBytes);
        payload = Buffer.allocUnsafeSlow(lengths.payloadBytes);
        parts = [head, json, payload];
      } else if (part === 3) {
        parts = [head];
        part = 0;
        receive(JSON.parse(json.toString()) as T, payload);
      }
    }
    freeAtOnce(chunk);
  };
}
