/** The marks of cards that still change: an edit replaces all parts of a message, and the mark has to be among the new ones. Bounded, since a
 * card whose message is known is found without it. */
export interface Marks {
  set(message: string, mark: number): void;
  /** For drawing: nothing where it is not known. */
  of(message: string): { mark?: number };
  forget(message: string): void;
}

const most = 10_000;

export function createMarks(): Marks {
  /** Oldest first. */
  const all = new Map<string, number>();
  return {
    set(message, mark) {
      all.set(message, mark);
      const [oldest] = all.keys();
      if (all.size > most && oldest !== undefined) all.delete(oldest);
    },
    of(message) {
      const mark = all.get(message);
      return mark === undefined ? {} : { mark };
    },
    forget: (message) => void all.delete(message),
  };
}
