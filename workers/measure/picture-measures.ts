import type { MeasureName } from '../../dsl/measurements.ts';
import { Failure } from '../../engine/failure.ts';
import { startModule } from '../process/child.ts';

/** What is measured of one picture; null where it needs a picture before. Units as in `Measurements`. */
export type PictureMeasures = Record<MeasureName, number | null>;

/** Measures grey pictures in a process of its own. Dispose of it in every case: that kills the process at once. */
export interface PictureMeter extends AsyncDisposable {
  /** In the order of the pictures; the bytes are the caller's again when it returns. Throws a transient Failure when the process is gone. */
  measure(picture: Uint8Array): Promise<PictureMeasures>;
}

/** Starts the process; pictures wait in its channel until OpenCV is loaded. `signal` kills it. */
export function startPictureMeter(signal: AbortSignal): PictureMeter {
  signal.throwIfAborted();
  const child = startModule(new URL('./picture-child', import.meta.url), [], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    signal,
  });
  let said = '';
  child.process.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-4096);
  });
  const waiting: PromiseWithResolvers<PictureMeasures>[] = [];
  let gone: unknown;
  child.process.on('message', (measured) => waiting.shift()?.resolve(measured as PictureMeasures));
  const leave = (reason: unknown) => {
    gone = reason;
    for (const slot of waiting.splice(0)) slot.reject(reason);
  };
  child.ended.then((ending) => {
    const how = `exit ${ending.code ?? '-'} signal ${ending.signal ?? '-'}: ${said}`;
    leave(signal.aborted ? signal.reason : stopped(new Error(how)));
  }, leave);
  return {
    measure(picture) {
      const slot = Promise.withResolvers<PictureMeasures>();
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
  return new Failure('transient', 'PQL642', 'the process that measures motion was killed', {
    hint: 'it is tried again; if it happens often the machine may be short of memory',
    cause,
  });
}
