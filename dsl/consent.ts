import type { Span } from './ast.ts';
import type { Diagnostic } from './diagnostic.ts';
import type { World } from './world.ts';

/** Somebody whom a script shows, and by which leave. */
export interface Shown {
  /** Row id in the register. */
  id: number;
  name: string;
  /** `r9`. */
  grant: string;
  /** For people: `likeness until 2027-01-31, in Europe`. */
  terms: string;
  /** ISO 8601. */
  until: string;
  span: Span;
}

/** What the register says of a script, as it was when somebody looked. */
export interface ConsentView {
  /** Of the register; whatever was admitted under another one is judged anew. */
  epoch: number;
  /** What may not be shown, on the very words. */
  objections: readonly Diagnostic[];
  shown: readonly Shown[];
}

/** Under which epoch a plan was admitted, and by which leave; until when that holds, null for ever. */
export interface Admission {
  epoch: number;
  until: string | null;
  shown: readonly Omit<Shown, 'span'>[];
}

/** What a plan remembers of the register: whom the text within a span shows. Undefined where nobody looked. */
export function admissionOf({ consent }: World, { start, end }: Span): Admission | undefined {
  if (consent === undefined) return undefined;
  const within = consent.shown.filter(({ span }) => span.start >= start && span.end <= end);
  const shown = new Map(within.map(({ span: _, ...each }) => [each.id, each]));
  const untils = [...shown.values()].map(({ until }) => until).sort();
  return { epoch: consent.epoch, until: untils[0] ?? null, shown: [...shown.values()] };
}

/** Whether a name is said to be unknown that stands for something held: that it is held says more. */
export function isHeld({ code, span }: Diagnostic, { consent }: World): boolean {
  return (
    code === 'PQL303' &&
    (consent?.objections ?? []).some((each) => each.code === 'PQL546' && each.span.start === span.start)
  );
}
