import { Failure } from '../../engine/failure.ts';
import { startModule } from '../process/child.ts';
import type { Picture } from './picture.ts';

/** Which files the networks are in, and how many faces of a picture are looked at. `sface` null: faces are only found. */
export interface FaceNetworks {
  blazeface: string;
  sface: string | null;
  most: number;
}

/** What each face of a picture is known by, null for those that cannot be; and whether there are more. */
export interface FacesSeen {
  known: (Float32Array | null)[];
  more: boolean;
}

/** Looks for faces in a process of its own. Dispose of it in every case: that kills the process at once. */
export interface FaceFinder extends AsyncDisposable {
  /** In the order of the pictures. Throws a transient Failure when the process is gone. */
  look(picture: Picture): Promise<FacesSeen>;
}

/** Starts the process; pictures wait in its channel until the networks are loaded. `signal` kills it. */
export function startFaceFinder(networks: FaceNetworks, signal?: AbortSignal): FaceFinder {
  signal?.throwIfAborted();
  const child = startModule(new URL('./child', import.meta.url), [JSON.stringify(networks)], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    ...(signal ? { signal } : {}),
  });
  let said = '';
  child.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4096);
  });
  const waiting: PromiseWithResolvers<FacesSeen>[] = [];
  let gone: unknown;
  child.process.on('message', (answer) => {
    const slot = waiting.shift();
    const seen = answer as FacesSeen | { error: string };
    if ('error' in seen) slot?.reject(new Error(`a network of faces failed: ${seen.error}`));
    else slot?.resolve(seen);
  });
  const leave = (reason: unknown) => {
    gone = reason;
    for (const slot of waiting.splice(0)) slot.reject(reason);
  };
  child.ended.then((ending) => {
    const how = `exit ${ending.code ?? '-'} signal ${ending.signal ?? '-'}: ${said}`;
    leave(signal?.aborted ? signal.reason : stopped(new Error(how)));
  }, leave);
  return {
    look(picture) {
      const slot = Promise.withResolvers<FacesSeen>();
      slot.promise.catch(() => {});
      if (gone !== undefined) slot.reject(gone);
      else {
        waiting.push(slot);
        // A child that is gone already is reported by its ending.
        child.process.send(picture, () => {});
      }
      return slot.promise;
    },
    async [Symbol.asyncDispose]() {
      child.process.kill('SIGKILL');
      await child.ended.catch(() => {});
    },
  };
}

function stopped(cause: Error): Failure {
  return new Failure('transient', 'PQL655', 'the process that looks for faces was killed', {
    hint: 'it is tried again; if it happens often the machine may be short of memory',
    cause,
  });
}
