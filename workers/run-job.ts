import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync, rmdirSync } from 'node:fs';
import { rm, stat } from 'node:fs/promises';
import { resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { diskFailure } from '../engine/artifacts/disk-failure.ts';
import type { Reader } from '../engine/artifacts/port.ts';
import { ConsentChanged } from '../engine/consent/gate/stale.ts';
import type { Consent } from '../engine/consent/port.ts';
import { Failure } from '../engine/failure.ts';
import type { Claimed } from '../engine/jobs/claim.ts';
import { complete, type Outcome } from '../engine/jobs/complete.ts';
import type { EndJob } from '../engine/jobs/end-together.ts';
import { fail } from '../engine/jobs/fail.ts';
import { recallNow } from '../engine/jobs/recall-now.ts';
import { checkRunBytes } from '../engine/limits/run-bytes.ts';
import type { Log } from '../engine/log.ts';
import type { Parts } from '../engine/parts.ts';
import { isAway } from '../engine/store/port.ts';
import { type JobTrace, untraced } from '../engine/traces/port.ts';
import type { Desk, Effected, Handler, Input, Produced } from './handler.ts';
import type { LastWords } from './last-words.ts';

export interface JobRoom {
  handlers: Readonly<Record<string, Handler>>;
  scratch: string;
  log: Log;
  /** Is told where the time goes, where somebody asks. */
  trace?: JobTrace;
  consent: Consent;
  /** Ends a job that had an effect. */
  end: EndJob;
}

/** How a job ended here. `stopped`: whoever aborted it decides what becomes of it; `lost`: it was not ours any more, so nothing was written. */
export interface Ending {
  how: 'done' | 'recalled' | 'failed' | 'stopped' | 'lost';
  failure: Failure | null;
}

/** Runs one claimed job to its end: recalls it when equal work has been finished since, else runs its handler, takes what it made into
 * the artifact store and publishes it; or records why it failed. Writes nothing when `signal` aborts: whoever aborted has decided what
 * becomes of the job. Rejects only when the database cannot be reached. */
export async function runJob(
  parts: Parts,
  job: Claimed,
  signal: AbortSignal,
  room: JobRoom,
  words: LastWords,
): Promise<Ending> {
  const scratch = resolve(room.scratch, `${job.id}-${job.epoch}`);
  const { during } = room.trace ?? untraced;
  const detail = {
    job: `j${job.number}`,
    group: `g${job.group}`,
    workspace: job.workspace,
    attempt: job.attempts,
  };
  try {
    if (!job.admitted) await insist(() => room.consent.admit(job, signal), signal);
    const outcome =
      (await insist(() => recallNow(parts, job), signal)) ??
      (await work(parts, job, signal, room, scratch, words));
    signal.throwIfAborted();
    const ours = await during('publish', () => publish(parts, job, outcome, signal, room));
    return { how: ours ? (outcome.type === 'recalled' ? 'recalled' : 'done') : 'lost', failure: null };
  } catch (error) {
    if (signal.aborted) return { how: 'stopped', failure: null };
    const failure = asFailure(error);
    room.log.write(
      failure.kind === 'user' ? 'info' : 'error',
      `${job.title} failed: ${failure.message}`,
      detail,
      error,
    );
    const ours = await insist(() => fail(parts, job, failure), signal);
    return { how: ours ? 'failed' : 'lost', failure };
  } finally {
    await clear(scratch).catch((error) =>
      room.log.write('warn', 'a scratch folder could not be removed', detail, error),
    );
  }
}

/** Mostly nothing is left in it, or it was never made. At once: to hand that to another thread, as for making it, takes several times as long. */
async function clear(scratch: string): Promise<void> {
  try {
    rmdirSync(scratch);
  } catch {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Somebody may have said no while it was made, and until it is published. */
async function publish(
  parts: Parts,
  job: Claimed,
  outcome: Outcome,
  signal: AbortSignal,
  { consent, end }: JobRoom,
): Promise<boolean> {
  // What an effect made has left already, by a door that asked.
  if (outcome.type === 'effected') return insist(() => end({ job, outcome, admitted: null }), signal);
  for (;;) {
    const admitted = await insist(() => consent.admit(job), signal);
    const ours = await insist(
      () => complete(parts, job, outcome, admitted).catch((error) => unlessChanged(error)),
      signal,
    );
    if (ours !== null) return ours;
  }
}

function unlessChanged(error: unknown): null {
  if (error instanceof ConsentChanged) return null;
  throw error;
}

async function work(
  parts: Parts,
  job: Claimed,
  signal: AbortSignal,
  room: JobRoom,
  scratch: string,
  words: LastWords,
): Promise<Outcome> {
  const handler = room.handlers[job.operation];
  if (handler === undefined) throw new Error(`no handler for ${job.operation}`);
  // First, since inputs that come from far away are kept as long as it stands.
  mkdirSync(scratch, { recursive: true });
  const { during } = room.trace ?? untraced;
  const inputs = await during('inputs', () =>
    Promise.all(job.inputs.map((input) => openInput(parts, input, { scratch, signal }))),
  );
  const desk = deskOf(parts, job, signal, room, scratch, inputs, words);
  const made = await during('work', () => handler(job.arguments, desk));
  signal.throwIfAborted();
  return during('store', () =>
    'file' in made
      ? takeIn(parts, job, made, scratch, signal, room)
      : effected(parts, job, made, scratch, signal),
  );
}

async function openInput(parts: Parts, input: Claimed['inputs'][number], reader: Reader): Promise<Input> {
  const { role, hash, kind, facts, recipe } = input;
  if (kind === null || facts === null)
    throw new Failure('permanent', 'PQL602', 'what it reads was removed meanwhile', {
      hint: 'RETRY the group to make it again',
    });
  return { role, hash, kind, facts, recipe, path: await parts.artifacts.path(hash, reader) };
}

function deskOf(
  parts: Parts,
  job: Claimed,
  signal: AbortSignal,
  room: JobRoom,
  scratch: string,
  inputs: readonly Input[],
  words: LastWords,
): Desk {
  const id = `j${job.number}`;
  const group = `g${job.group}`;
  const { workspace, attempts: attempt, recipe } = job;
  return {
    job: id,
    workspace,
    group,
    attempt,
    inputs,
    scratch,
    exportRoot: job.asker.exportRoot,
    signal,
    recipe,
    workKey: job.workKey ?? '',
    progress(progress) {
      const { fps = null, secondsLeft = null, note = null } = progress;
      const fraction = Math.min(1, Math.max(0, progress.fraction));
      words.progress({ ...progress, fraction });
      parts.news.progress(job.run, { type: 'progress', group, job: id, fraction, fps, secondsLeft, note });
    },
    log(message, detail) {
      words.add(detail === undefined ? message : `${message} ${JSON.stringify(detail)}`);
      room.log.write('info', message, { ...detail, job: id, group, workspace });
    },
  };
}

async function takeIn(
  parts: Parts,
  job: Claimed,
  made: Produced,
  scratch: string,
  signal: AbortSignal,
  { consent }: JobRoom,
): Promise<Outcome> {
  if (made.kind !== job.gives)
    throw new Error(`${job.operation} gave ${made.kind} where ${job.gives} was planned`);
  const { kind, facts, notes, details, fleeting, file } = made;
  // Before its bytes are anywhere but in scratch.
  if (facts.kind === 'video' || facts.kind === 'image') {
    const result = { path: file, facts, hash: () => hashOf(file) };
    await insist(() => consent.seen(job, result, signal), signal);
  }
  return {
    type: 'made',
    ...(await store(parts, job, file, scratch, signal)),
    kind,
    facts,
    notes,
    details,
    ...(fleeting && { fleeting }),
  };
}

async function effected(
  parts: Parts,
  job: Claimed,
  made: Effected,
  scratch: string,
  signal: AbortSignal,
): Promise<Outcome> {
  if (!job.effect) throw new Error(`${job.operation} made nothing`);
  const { path = null, url = null, notes, preview } = made;
  const outcome = { type: 'effected', path, url, notes } as const;
  if (preview === undefined) return outcome;
  const { file, ...about } = preview;
  return { ...outcome, preview: { ...about, ...(await store(parts, job, file, scratch, signal)) } };
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

/** Takes a file that a job made into the artifact store. */
async function store(
  parts: Parts,
  job: Claimed,
  file: string,
  scratch: string,
  signal: AbortSignal,
): Promise<{ hash: string; bytes: number }> {
  if (!resolve(file).startsWith(scratch + sep)) throw new Error(`${file} is not in the job's scratch folder`);
  const { size } = await stat(file);
  await insist(() => checkRunBytes(parts.store, job, size), signal);
  return insist(() => parts.artifacts.put(file, signal), signal, isStoreAway);
}

/** What the asker is told of an error: a Failure as it is, the disk's word, else that the mistake is ours. */
function asFailure(error: unknown): Failure {
  const said = diskFailure(error, 'working on this');
  if (said instanceof Failure) return said;
  return new Failure('permanent', 'PQL600', 'something went wrong inside WatchAI', {
    hint: 'the log has the details; please report it',
    cause: error,
  });
}

/** Work of minutes must not be lost to a database that is away: tries until it is there again. Whatever else is wrong with it, and a store
 * that is away, is tried for some seconds. */
async function insist<T>(
  ask: () => Promise<T>,
  signal: AbortSignal,
  // A Failure is an answer, not a database that is away.
  again = (error: unknown) => !(error instanceof Failure) || isStoreAway(error),
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await ask();
    } catch (error) {
      if (signal.aborted || !again(error) || (attempt >= 6 && !isAway(error))) throw error;
      await sleep(Math.min(100 * 2 ** attempt, 6400), undefined, { signal });
    }
  }
}

/** A store that machines share and that does not answer just now. */
function isStoreAway(error: unknown): boolean {
  return error instanceof Failure && error.code === 'PQL616';
}
