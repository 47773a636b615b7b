import { readFile, stat } from 'node:fs/promises';
import { startModule } from '../process/child.ts';
import type { ProvenanceAnswer, ProvenanceJob, ProvenanceNews } from './job.ts';

/** What a child may take. Strangers write what it reads: a list of ten million nothings in a file of 10 MB takes 1.8 GB, and two dozen files each
 * made twice from the one before take years. */
export interface Bounds {
  /** Milliseconds without news. */
  patience: number;
  /** Bytes. Beyond the process, since what the library takes is not V8's. */
  memory: number;
  /** Bytes that credentials may add to a file, those of what it is made from with them. */
  added: number;
}

export interface Running extends Omit<Bounds, 'added'> {
  signal?: AbortSignal | undefined;
  /** Is told what it is at: the hash of an ingredient; null for the film itself. */
  heard?: (at: string | null) => void;
}

/** Has one job done in a process of its own. A child that dies of a file, or takes more than it may, is a `problem`. */
export async function runChild(
  job: ProvenanceJob,
  { signal, heard, ...bounds }: Running,
): Promise<ProvenanceAnswer> {
  const stop = new AbortController();
  const child = startModule(new URL('./child', import.meta.url), [], {
    signal: signal === undefined ? stop.signal : AbortSignal.any([signal, stop.signal]),
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  let problem = 'the library broke down';
  const end = (why: string) => {
    problem = why;
    stop.abort();
  };
  const late = setTimeout(() => end('working on them took too long'), bounds.patience);
  const watch = setInterval(() => {
    memoryOf(child.process.pid).then((taken) => {
      if (taken > bounds.memory) end('working on them took too much memory');
    });
  }, 50);
  const answered = new Promise<ProvenanceAnswer>((resolve) => {
    child.process.on('message', (said: ProvenanceAnswer | ProvenanceNews) => {
      if (!('at' in said)) return resolve(said);
      late.refresh();
      heard?.(said.at);
    });
  });
  child.process.send(job);
  const answer = await Promise.race([answered, child.ended.then((): ProvenanceAnswer => ({ problem }))]);
  clearTimeout(late);
  clearInterval(watch);
  // It has nothing left to lose, and the library's threads would be waited for.
  child.process.kill('SIGKILL');
  await child.ended;
  signal?.throwIfAborted();
  return answer;
}

/** Bytes that a process holds in memory, where the kernel tells; else none. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '');
  return 1024 * Number(/^VmRSS:\s+(\d+)/m.exec(status)?.[1] ?? 0);
}

/** What may be taken for files: most take a second at most, and all their bytes are read. */
export async function boundsFor(files: Iterable<string>): Promise<Bounds> {
  let bytes = 0;
  for (const file of files) bytes += (await stat(file)).size;
  return { patience: 30_000 + bytes / 20_000, memory: 1e9, added: 16e6 };
}
