/** How an answer goes wrong. */
export type Fault =
  /** Refused without being done. */
  | { status: number; code?: number; message?: string; retryAfter?: number; global?: boolean }
  /** Done, and the answer never arrives. */
  | 'lost'
  /** Done, and nothing is ever said. */
  | 'unanswered'
  /** Not done, and the connection is cut. */
  | 'cut'
  /** Not done, and nothing is ever said. */
  | 'silence'
  /** Done after so many milliseconds. */
  | { delay: number };

interface Rule {
  method: string;
  path: RegExp;
  fault: Fault;
  left: number;
}

/** What goes wrong, and how often still. */
export interface Faults {
  /** The next `times` requests like this go wrong. */
  next(method: string, path: RegExp, fault: Fault, times?: number): void;
  /** Nothing goes wrong any more. */
  clear(): void;
  /** The fault that a request meets, which is used up by it. */
  meet(method: string, path: string): Fault | null;
}

export function faults(): Faults {
  const rules: Rule[] = [];
  return {
    next(method, path, fault, times = 1) {
      rules.push({ method, path, fault, left: times });
    },
    clear: () => void rules.splice(0),
    meet(method, path) {
      const rule = rules.find((each) => each.left > 0 && each.method === method && each.path.test(path));
      if (rule === undefined) return null;
      rule.left--;
      return rule.fault;
    },
  };
}
