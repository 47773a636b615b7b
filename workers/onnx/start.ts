import type { Readable, Writable } from 'node:stream';
import { Failure } from '../../engine/failure.ts';
import { startModule } from '../process/child.ts';
import type { NetworkOptions } from './network.ts';
import { type Ask, encodePrefix, messageReader, type Reply } from './wire.ts';

/** A network in a process of its own. Works on requests one after the other, in
 * their order; a second one may wait in its pipe. Dispose of it in every case: that kills the process at once. */
export interface Network extends AsyncDisposable {
  provider: string;
  /** Of its process. */
  pid: number;
  /** Milliseconds spent inside the network so far. */
  busy: () => number;
  run(frames: readonly Uint8Array[], ask: Omit<Ask, 'frames'>): Promise<NetworkResult>;
}

export interface NetworkResult {
  width: number;
  height: number;
  data: Buffer;
}

/** Starts a process, loads a network in it, and waits until it can be used. Throws Failure PQL654 when the file cannot be loaded, PQL655
 * (transient) when the process is killed, then or later. `name` is the model's, for people. */
export async function startNetwork(
  name: string,
  options: NetworkOptions,
  signal?: AbortSignal,
): Promise<Network> {
  signal?.throwIfAborted();
  const child = startModule(new URL('./network', import.meta.url), [JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'pipe'],
    ...(signal ? { signal } : {}),
  });
  const { stdin, stdout, stderr } = child.process as { stdin: Writable; stdout: Readable; stderr: Readable };
  let said = '';
  stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4096);
  });
  // A broken pipe only says that the process is gone; how it ended is told by `ended`.
  stdin.on('error', () => {});

  // Replies come in the order of the requests; the first one says that the network is loaded.
  const waiting: PromiseWithResolvers<{ reply: Reply; payload: Buffer }>[] = [];
  const next = () => {
    const slot = Promise.withResolvers<{ reply: Reply; payload: Buffer }>();
    slot.promise.catch(() => {});
    waiting.push(slot);
    return slot.promise;
  };
  stdout.on(
    'data',
    messageReader<Reply>((reply, payload) => waiting.shift()?.resolve({ reply, payload })),
  );
  let gone: unknown;
  child.ended.then(
    (ending) => {
      gone = signal?.aborted ? signal.reason : deathOf(name, ending, said);
      for (const slot of waiting) slot.reject(gone);
    },
    (error) => {
      gone = error;
      for (const slot of waiting) slot.reject(error);
    },
  );
  const dispose = async () => {
    child.process.kill('SIGKILL');
    await child.ended.catch(() => {});
  };

  let busy = 0;
  const { reply } = await next();
  if (!('ready' in reply)) {
    await dispose();
    throw unloadable(name, options.file, 'error' in reply ? reply.error : 'it answered out of turn');
  }
  return {
    provider: reply.provider,
    pid: child.process.pid ?? 0,
    busy: () => busy,
    async run(frames, ask) {
      if (gone !== undefined) throw gone;
      stdin.write(
        encodePrefix(
          { ...ask, frames: frames.length },
          frames.reduce((sum, each) => sum + each.length, 0),
        ),
      );
      for (const frame of frames) stdin.write(frame);
      const { reply, payload } = await next();
      if (!('width' in reply)) {
        const error = 'error' in reply ? reply.error : 'it answered out of turn';
        throw new Failure('permanent', 'PQL656', `the model ${name} failed on a frame`, {
          hint: 'name another model with USING, or see pql doctor',
          cause: new Error(error),
        });
      }
      busy += reply.milliseconds;
      return { width: reply.width, height: reply.height, data: payload };
    },
    [Symbol.asyncDispose]: dispose,
  };
}

function unloadable(name: string, file: string, error: string): Failure {
  return new Failure('permanent', 'PQL654', `the file of the model ${name} is damaged or cut short`, {
    hint: `pql models verify ${name} shows what is wrong; pql models remove ${name}, then pull ${name}, mends it`,
    cause: new Error(`${file}: ${error}`),
  });
}

function deathOf(
  name: string,
  ending: { code: number | null; signal: string | null },
  said: string,
): Failure {
  return new Failure('transient', 'PQL655', `the process that runs the model ${name} was killed`, {
    hint: 'it is tried again; if it happens often the machine may be short of memory',
    cause: new Error(`exit ${ending.code ?? '-'} signal ${ending.signal ?? '-'}: ${said}`),
  });
}
