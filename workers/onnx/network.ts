/** The process that runs one network: started by `startNetwork`, speaks `wire.ts` on its standard input and output, and ends when its
 * input does. It reads and writes synchronously: there is nothing else for it to do meanwhile. Everything it makes for a frame it frees
 * with the frame, so that it is as large after an hour as after the second frame. */
import { readSync, writeSync } from 'node:fs';
import { freeAtOnce } from '../process/free-at-once.ts';
import { type Frame, openSession, type Session, type SessionOptions } from './session.ts';
import { cutTile, layTile, planTiles } from './tiles.ts';
import { type Ask, decodePrefix, encodePrefix, prefixBytes, type Reply } from './wire.ts';

export interface NetworkOptions extends SessionOptions {
  /** Pixels of one run, and by how many neighbouring tiles overlap. */
  tiles: { pixels: number; overlap: number };
}

const [, , text = '{}'] = process.argv;
await serve(JSON.parse(text) as NetworkOptions);

async function serve(options: NetworkOptions): Promise<void> {
  let session: Session;
  try {
    session = await openSession(options);
    reply({ ready: true, provider: options.provider });
  } catch (error) {
    reply({ error: (error as Error).message });
    return;
  }
  for (;;) {
    const asked = receive();
    if (!asked) return;
    try {
      const start = performance.now();
      const frame = await inTiles(session, asked.frames, asked.time, options.tiles);
      const milliseconds = performance.now() - start;
      reply({ width: frame.width, height: frame.height, milliseconds }, frame.data);
      freeAtOnce(frame.data);
    } catch (error) {
      reply({ error: (error as Error).message });
    }
    freeAtOnce(asked.payload);
  }
}

async function inTiles(
  session: Session,
  frames: readonly Frame[],
  time: number,
  limits: NetworkOptions['tiles'],
): Promise<Frame> {
  const { width, height } = frames[0] as Frame;
  if (width * height <= limits.pixels) return session.run(frames, time);
  const plan = planTiles(width, height, limits);
  let canvas: Frame | undefined;
  for (const [row, top] of plan.rows.entries()) {
    for (const [column, left] of plan.columns.entries()) {
      const at = { left, top, width: plan.width, height: plan.height };
      const pieces = frames.map((frame) => ({
        width: plan.width,
        height: plan.height,
        data: cutTile(frame.data, width, at),
      }));
      const tile = await session.run(pieces, time);
      const factor = tile.width / plan.width;
      canvas ??= {
        width: width * factor,
        height: height * factor,
        data: new Uint8Array(width * height * factor * factor * 3),
      };
      layTile(canvas, tile.data, plan, { column, row }, factor);
      for (const { data } of [...pieces, tile]) freeAtOnce(data);
    }
  }
  return canvas as Frame;
}

/** The next request, or null at the end of the input. */
function receive(): { frames: Frame[]; time: number; payload: Uint8Array } | null {
  const head = read(prefixBytes);
  if (!head) return null;
  const { jsonBytes, payloadBytes } = decodePrefix(head);
  const json = read(jsonBytes);
  const payload = read(payloadBytes);
  if (!json || !payload) return null;
  const ask = JSON.parse(json.toString()) as Ask;
  const bytes = ask.width * ask.height * 3;
  const frames = Array.from({ length: ask.frames }, (_, index) => ({
    width: ask.width,
    height: ask.height,
    data: payload.subarray(index * bytes, (index + 1) * bytes),
  }));
  return { frames, time: ask.time ?? 0, payload };
}

function reply(message: Reply, payload: Uint8Array = new Uint8Array(0)): void {
  write(encodePrefix(message, payload.length));
  write(payload);
}

function read(length: number): Buffer | null {
  const buffer = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  while (filled < length) {
    const taken = whenReady(() => readSync(0, buffer, filled, length - filled, null));
    if (taken === 0) return null;
    filled += taken;
  }
  return buffer;
}

function write(bytes: Uint8Array): void {
  let written = 0;
  while (written < bytes.length) {
    const from = written;
    written += whenReady(() => writeSync(1, bytes, from, bytes.length - from));
  }
}

/** A pipe that is set not to block says EAGAIN while it is empty or full. */
function whenReady(action: () => number): number {
  for (;;) {
    try {
      return action();
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
    }
  }
}
