import { Failure } from '../failure.ts';
import type { Log } from '../log.ts';
import { isAway, type Queries } from '../store/port.ts';
import { backOff } from './back-off.ts';
import {
  claimBehind,
  claimParcel,
  endParcel,
  type Finished,
  forgetParcels,
  holdParcels,
  isNext,
  markSaid,
  nextParcelDue,
  noteStep,
  type Parcel,
  putOffParcel,
} from './outbox.ts';

/** What came of carrying a parcel once. */
export type Carried =
  | { how: 'sent' }
  /** The chat is away or wants us slower: again after so many seconds, null where it said none. `own`: it was asked for nothing, so the attempt does not count. */
  | { how: 'later'; after: number | null; why: string; own?: true }
  | { how: 'given up'; why: string };

/** Where a parcel in hand stands among those of its place. */
export interface Line {
  /** Whether another of its place is to be said before it: what nobody sees may be done meanwhile. */
  readonly waits: boolean;
  /** Resolves once its turn has come; throws an AbortError where that will not be soon. */
  turn(): Promise<void>;
  /** What people see of it is there: what comes behind it need not wait for the rest. */
  said(): Promise<void>;
}

/** Says one parcel in its chat. `note` keeps a step that must not be done twice; it throws an AbortError when the parcel is not ours any
 * more. Whatever else it throws is tried again some times. */
export type Carry = (
  parcel: Parcel,
  note: (step: string, value: string) => Promise<void>,
  signal: AbortSignal,
  line: Line,
) => Promise<Carried>;

export interface DeliveryOptions {
  surface: Finished['surface'];
  carry: Carry;
  log: Log;
  /** How many parcels are carried at the same time. */
  abreast?: number;
  /** How many of them may wait for their turn behind another of their place; none where nothing can be done meanwhile. */
  ahead?: number;
  /** Milliseconds that a parcel stays ours without a sign of life. */
  lease?: number;
  /** Milliseconds between looks for what other processes promised. */
  look?: number;
  /** Milliseconds that parcels in hand are given when it closes. */
  grace?: number;
  random?: () => number;
}

export interface Delivery extends AsyncDisposable {
  /** Looks now: something was promised. */
  look(): void;
}

/** A day: what a chat has not taken by then is old news, and the result stays in the workspace. */
const longestTried = 24 * 3600;
/** So often what we do not understand is tried again. */
const mostFaults = 5;

interface Held {
  parcel: Parcel;
  stop: AbortController;
  ended: Promise<void>;
  /** Whether what comes behind it may be said; false where it was put off or lost. */
  passed: PromiseWithResolvers<boolean>;
  /** Another of its place is to be said before it. */
  waits: boolean;
  said: boolean;
}

/** Delivers the parcels of a surface until disposed of. Any number of processes may do so for one bot: a row is in one hand at a time.
 *
 * look → claim → nothing there: claim what comes behind one in hand, `ahead` of them at most
 *              → nothing there either: sleep until somebody says look, a parcel's time comes, or `look` has passed
 *              → a parcel: carry it, beside `abreast - 1` others → look again */
export function startDelivery(store: Queries, options: DeliveryOptions): Delivery {
  const {
    surface,
    carry,
    log,
    abreast = 8,
    ahead = 0,
    lease = 15_000,
    look: pause = 1000,
    grace = 5000,
  } = options;
  const { random = Math.random } = options;
  const held = new Map<number, Held>();
  let closed = false;
  let wanted = false;
  let filling: Promise<void> | null = null;
  let timer: NodeJS.Timeout | undefined;

  /** Whether what comes behind it may be said. */
  const run = async (parcel: Parcel, signal: AbortSignal, line: Line): Promise<boolean> => {
    const note = async (step: string, value: string) => {
      if (!(await noteStep(store, parcel, step, value))) lose(parcel, signal);
    };
    const carried = await carry(parcel, note, signal, line).catch((error: unknown) =>
      signal.aborted ? null : fault(parcel, error),
    );
    // Handed back when it closes, or because its turn does not come; what is somebody else's by now, this does not match.
    if (carried === null) {
      await putOffParcel(store, parcel, { seconds: 0, why: null, uncounted: true });
      return false;
    }
    if (carried.how === 'later' && parcel.age < longestTried) {
      const { after, why, own = false } = carried;
      const seconds = own && after !== null ? after : backOff(parcel.attempts, after, random());
      await putOffParcel(store, parcel, { seconds, why, uncounted: own });
      return false;
    }
    const why = carried.how === 'sent' ? null : carried.why;
    if (why !== null) log.write('warn', `a card was not delivered: ${why}`, { parcel: parcel.id, surface });
    return endParcel(store, parcel, carried.how === 'sent' ? 'sent' : 'given up', why);
  };

  const lose = (parcel: Parcel, signal: AbortSignal): void => {
    held.get(parcel.id)?.stop.abort(new DOMException('lost', 'AbortError'));
    signal.throwIfAborted();
  };

  /** What is away comes back; what we do not understand is tried some times. */
  const fault = async (parcel: Parcel, error: unknown): Promise<Carried> => {
    log.write('error', 'a delivery failed', { parcel: parcel.id, surface }, error);
    if (isAway(error)) return { how: 'later', after: null, why: 'the database is away' };
    if (error instanceof Failure && error.kind === 'transient')
      return { how: 'later', after: null, why: error.message };
    const faults = Number(parcel.steps.faults ?? 0) + 1;
    await noteStep(store, parcel, 'faults', String(faults));
    const why = 'something went wrong inside WatchAI; the log says more';
    return faults < mostFaults ? { how: 'later', after: null, why } : { how: 'given up', why };
  };

  /** `before`: whether what comes before it in its place was said, once that is known; null where nothing does. */
  const begin = (parcel: Parcel, before: Promise<boolean> | null) => {
    const stop = new AbortController();
    const { signal } = stop;
    const passed = Promise.withResolvers<boolean>();
    const line: Line = {
      waits: before !== null,
      async turn() {
        if (before !== null && !((await unless(signal, before)) && (await isNext(store, surface, parcel))))
          lose(parcel, signal);
        entry.waits = false;
      },
      async said() {
        if (!(await markSaid(store, parcel))) lose(parcel, signal);
        entry.said = true;
        passed.resolve(true);
        look();
      },
    };
    const entry: Held = {
      ...{ parcel, stop, passed, waits: before !== null, said: parcel.said },
      ended: Promise.resolve(),
    };
    held.set(parcel.id, entry);
    entry.ended = run(parcel, signal, line)
      .catch((error) => {
        log.write('error', 'a delivery could not be ended', { parcel: parcel.id }, error);
        return false;
      })
      .then(passed.resolve)
      .finally(() => {
        held.delete(parcel.id);
        look();
      });
  };

  const fill = async () => {
    while (held.size < abreast && !closed) {
      const parcel = await claimParcel(store, surface, lease);
      if (parcel !== null) begin(parcel, null);
      else if (!(await fillBehind())) return lookIn((await nextParcelDue(store, surface)) ?? pause);
    }
  };

  /** Takes one that comes behind one in hand; false where there is none, or enough wait for their turn. */
  const fillBehind = async (): Promise<boolean> => {
    if ([...held.values()].filter(({ waits }) => waits).length >= ahead) return false;
    for (const last of lastOfPlaces(held.values())) {
      const parcel = last.said ? null : await claimBehind(store, surface, last.parcel, lease);
      if (parcel === null) continue;
      begin(parcel, last.passed.promise);
      return true;
    }
    return false;
  };

  const fillUntilContent = async () => {
    while (wanted && !closed) {
      wanted = false;
      await fill().catch((error) => {
        log.write('warn', 'the database could not be asked for deliveries; trying again', { surface }, error);
        lookIn(pause);
      });
    }
    filling = null;
  };
  const look = () => {
    if (closed) return;
    wanted = true;
    filling ??= fillUntilContent();
  };
  const lookIn = (milliseconds: number) => {
    clearTimeout(timer);
    // What is due but behind another of its place must not be asked for in a circle.
    if (!closed) timer = setTimeout(look, Math.min(Math.max(milliseconds, 100), pause));
  };

  const keep = async () => {
    const parcels = [...held.values()].map(({ parcel }) => parcel);
    const ours = await holdParcels(store, parcels, lease);
    for (const { id } of parcels)
      if (!ours.has(id)) held.get(id)?.stop.abort(new DOMException('lost', 'AbortError'));
  };
  const beat = setInterval(() => {
    keep().catch((error) => log.write('warn', 'leases could not be prolonged', { surface }, error));
  }, lease / 3);
  const tidy = setInterval(() => void forgetParcels(store).catch(() => {}), 3_600_000);
  look();
  return {
    look,
    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(timer);
      clearInterval(tidy);
      await filling;
      const late = setTimeout(() => {
        for (const { stop } of held.values()) stop.abort(new DOMException('closing', 'AbortError'));
      }, grace);
      await Promise.all([...held.values()].map(({ ended }) => ended));
      clearTimeout(late);
      clearInterval(beat);
    },
  };
}

/** Of what is in hand in each place that which is said last. */
function lastOfPlaces(all: Iterable<Held>): Held[] {
  const last = new Map<string, Held>();
  for (const each of all)
    if (each.parcel.turn > (last.get(each.parcel.place)?.parcel.turn ?? -1))
      last.set(each.parcel.place, each);
  return [...last.values()];
}

/** What a promise comes to, unless the signal comes first. */
async function unless<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const aborted = Promise.withResolvers<never>();
  const abort = () => aborted.reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([promise, aborted.promise]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
