/** What goes wrong with one call: too many requests, a server that fails, a response that is lost or held back for ever after the work was done, words of
 * refusal, an answer that is late. */
export type Fault =
  | { type: 'limited'; seconds: number }
  | { type: 'down'; status: number }
  | { type: 'lost' }
  | { type: 'held' }
  | { type: 'refused'; error: string }
  | { type: 'late'; milliseconds: number };

/** Faults in wait, by method; `upload` is the upload address. */
export interface Faults {
  /** The next call of the method meets this; so do the ones behind it, `times` of them. */
  add(method: string, fault: Fault, times?: number): void;
  take(method: string): Fault | null;
  clear(): void;
}

export function createFaults(): Faults {
  const waiting = new Map<string, Fault[]>();
  return {
    add(method, fault, times = 1) {
      waiting.set(method, [...(waiting.get(method) ?? []), ...Array<Fault>(times).fill(fault)]);
    },
    take: (method) => waiting.get(method)?.shift() ?? null,
    clear: () => waiting.clear(),
  };
}
