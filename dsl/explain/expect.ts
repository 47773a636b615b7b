import type { Predicted } from '../facts.ts';
import { canonicalJson, type JsonObject } from '../json.ts';
import type { Plan, Step, StepModel } from '../plan.ts';
import { perSecond } from '../rational.ts';

/** What an earlier job of an operation took. */
export interface Sample {
  operation: string;
  arguments: JsonObject;
  models: readonly StepModel[];
  /** From start to end, by the clock. */
  seconds: number;
  /** What was made, or what an effect was done to; null when its bytes were removed since. */
  facts: Predicted | null;
}

/** What a step will take. */
export interface Expected {
  seconds: number;
  /** Bytes of the result; null for effects and where the size is not known beforehand. */
  bytes: number | null;
  /** How many earlier jobs say so. */
  from: number;
}

/** How many of the most similar jobs the median is taken of. */
const asked = 9;

/** Arguments that say what is shown and how much of it, which the size accounts for, not how it is worked. */
const weightless: ReadonlySet<string> = new Set([
  'prompt',
  'seed',
  'duration',
  'width',
  'height',
  'fps',
  'from',
  'to',
  'path',
  'url',
  'overwrite',
  'part',
]);

/** What each step of a plan will take: the median rate of those earlier jobs of its operation that are most like it, with the same networks, the
 * fewest other arguments, and about its size in megapixels times frames. Steps without such a job are left out. `samples` are the newest first. */
export function expectations(plan: Plan, samples: readonly Sample[]): Map<string, Expected> {
  const weighed = new Map<string, Weighed[]>();
  for (const sample of samples) {
    const key = kindOf(sample);
    const there = weighed.get(key);
    if (there === undefined) weighed.set(key, [weigh(sample)]);
    else there.push(weigh(sample));
  }
  const alike = remembered((step: Step) =>
    mostAlike(argumentsOf(step.arguments), weighed.get(kindOf(step)) ?? []),
  );
  const steps = new Map(plan.steps.map((step) => [step.id, step]));
  return new Map(
    plan.steps.flatMap((step) => {
      const size = sizeOf(step.effect ? inputOf(step, steps) : step.predicted);
      const expected = median(alike(step), size, step.effect);
      return expected === null ? [] : [[step.id, expected] as const];
    }),
  );
}

/** Megapixels times frames; a sound counts by its seconds. Null when not known. */
export function sizeOf(facts: Predicted | null): number | null {
  if (facts === null) return null;
  const { width, height, duration, rate } = facts;
  const frames =
    facts.frames ?? (duration === undefined || rate === undefined ? undefined : duration * perSecond(rate));
  if (width !== undefined && height !== undefined && (frames !== undefined || facts.kind === 'image')) {
    const size = (width * height * (frames ?? 1)) / 1e6;
    return size > 0 ? size : null;
  }
  return facts.kind === 'audio' && duration !== undefined && duration > 0 ? duration : null;
}

interface Weighed {
  /** Canonical JSON by argument. */
  arguments: ReadonlyMap<string, string>;
  seconds: number;
  bytes: number | null;
  size: number | null;
}

/** Only jobs of one kind are compared: another network is another speed. */
function kindOf({ operation, models }: { operation: string; models: readonly StepModel[] }): string {
  return `${operation} ${models.map(({ digest }) => digest).join()}`;
}

function weigh({ arguments: args, seconds, facts }: Sample): Weighed {
  return { arguments: argumentsOf(args), seconds, bytes: facts?.bytes ?? null, size: sizeOf(facts) };
}

function argumentsOf(args: JsonObject): Map<string, string> {
  return new Map(
    Object.entries(args).flatMap(([key, value]) =>
      weightless.has(key) || value === null ? [] : [[key, canonicalJson(value)] as const],
    ),
  );
}

function mostAlike(args: ReadonlyMap<string, string>, all: readonly Weighed[]): Weighed[] {
  const differing = (other: ReadonlyMap<string, string>): number => {
    let same = 0;
    for (const [key, value] of args) if (other.get(key) === value) same += 1;
    return args.size + other.size - 2 * same;
  };
  const counted = all.map((each) => ({ each, differs: differing(each.arguments) }));
  const least = counted.reduce((fewest, { differs }) => Math.min(fewest, differs), Number.POSITIVE_INFINITY);
  return counted.filter(({ differs }) => differs === least).map(({ each }) => each);
}

/** Those nearest in size, the newest of equals, then the middle of their rates. */
function median(alike: readonly Weighed[], size: number | null, effect: boolean): Expected | null {
  const sized = size === null ? [] : alike.filter((each) => each.size !== null);
  if (size === null || sized.length === 0) {
    const some = alike.slice(0, asked);
    if (some.length === 0) return null;
    const bytes = some.flatMap((each) => each.bytes ?? []);
    return {
      seconds: middle(some.map(({ seconds }) => seconds)),
      bytes: effect || bytes.length === 0 ? null : middle(bytes),
      from: some.length,
    };
  }
  // In steps of a factor of two: about the same size is near enough, and then the newest know best.
  const away = (each: Weighed): number => Math.round(Math.abs(Math.log2(each.size! / size)));
  const nearest = sized.toSorted((a, b) => away(a) - away(b)).slice(0, asked);
  const bytes = nearest.flatMap((each) => (each.bytes === null ? [] : [each.bytes / each.size!]));
  return {
    seconds: middle(nearest.map((each) => each.seconds / each.size!)) * size,
    bytes: effect || bytes.length === 0 ? null : Math.round(middle(bytes) * size),
    from: nearest.length,
  };
}

function middle(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}

/** What an effect is done to. */
function inputOf(step: Step, steps: ReadonlyMap<string, Step>): Predicted | null {
  const [input] = step.inputs;
  if (input === undefined) return null;
  return input.from === 'artifact' ? input.facts : (steps.get(input.step)?.predicted ?? null);
}

/** Steps of equal kind and arguments are compared once: a MAP has thousands of them. */
function remembered(find: (step: Step) => Weighed[]): (step: Step) => Weighed[] {
  const known = new Map<string, Weighed[]>();
  return (step) => {
    const key = `${kindOf(step)} ${canonicalJson([...argumentsOf(step.arguments)].flat())}`;
    const there = known.get(key) ?? find(step);
    known.set(key, there);
    return there;
  };
}
