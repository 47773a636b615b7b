import type { Lane } from '../../../dsl/plan.ts';
import { exitStatus } from '../../outcome.ts';
import type { Flags, Setting } from '../program.ts';
import { ArgumentError } from '../read-source.ts';
import { stopSignals } from '../stop-signals.ts';
import { workerLog } from '../worker-log.ts';

export interface WorkerFlags extends Flags {
  lanes?: string;
  slots?: string;
  name?: string;
  grace?: string;
}

/** `pql worker`: claims jobs of the server's database and runs them until SIGTERM or SIGINT; then takes no more, lets what runs end within
 * `--grace`, and hands the rest back. A second signal hands back at once. */
export async function worker(flags: WorkerFlags, setting: Setting): Promise<number> {
  const { config, process, terminal } = setting;
  if (config.databaseUrl === null)
    throw new ArgumentError(
      'a worker takes its jobs from the database of a server, and DATABASE_URL is not set',
      'without a server every pql works by itself: pql run film.pql',
    );
  const lanes = flags.lanes === undefined ? null : readLanes(flags.lanes);
  const slots = readSlots(flags.slots, lanes);
  const grace = readGrace(flags.grace ?? '30s');
  const log = workerLog(terminal, flags.json === true);
  const stop = stopSignals(process);
  try {
    const { openWorker } = await import('../wiring/worker.ts');
    const name = flags.name ?? null;
    const running = await openWorker(config, setting.environment, { name, lanes, slots, ...log });
    log.begun(running);
    await stop.first;
    log.draining(grace);
    await running.drain(grace, stop.second);
    await running[Symbol.asyncDispose]();
    log.ended();
    return exitStatus.done;
  } finally {
    stop[Symbol.dispose]();
  }
}

const every: readonly Lane[] = ['gpu', 'cpu', 'net'];

function readLanes(text: string): Lane[] {
  return text.split(',').map((word) => laneOf(word.trim().toLowerCase(), '--lanes gpu,cpu'));
}

function readSlots(text: string | undefined, lanes: readonly Lane[] | null): Partial<Record<Lane, number>> {
  const slots: Partial<Record<Lane, number>> = {};
  for (const part of text?.split(',') ?? []) {
    const [, word = '', count = ''] = /^\s*([a-z]+)\s*=\s*([1-9]\d?)\s*$/i.exec(part) ?? [];
    if (count === '' || Number(count) > 64)
      throw new ArgumentError(
        `--slots ${part} is no lane with a number from 1 to 64`,
        'say --slots cpu=2,net=4',
      );
    const lane = laneOf(word.toLowerCase(), '--slots cpu=2');
    if (lanes !== null && !lanes.includes(lane))
      throw new ArgumentError(`--slots speaks of ${lane}, which is not among --lanes`);
    slots[lane] = Number(count);
  }
  return slots;
}

function laneOf(word: string, example: string): Lane {
  const lane = every.find((each) => each === word);
  if (lane === undefined) throw new ArgumentError(`there is no lane ${word}`, `say ${example}`);
  return lane;
}

/** Milliseconds in `30s`, `2m` or `500ms`. */
function readGrace(text: string): number {
  const [, amount = '', unit = ''] = /^(\d{1,6})(ms|s|m|h)$/.exec(text) ?? [];
  const each = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 }[unit];
  if (each === undefined || Number(amount) * each > 86_400_000)
    throw new ArgumentError(`--grace ${text} is no duration up to a day`, 'say --grace 30s');
  return Number(amount) * each;
}
