/** What became of a line that was entered. */
export type Entered =
  /** A whole script: run it. */
  | { type: 'whole'; source: string }
  /** More is wanted; `hint` says how to end, once. */
  | { type: 'more'; hint: string | null }
  | { type: 'nothing' };

/** Collects lines until they are a statement, so that nobody gets stuck: Enter runs a line that is complete, with or without `;`. A line that
 * clearly goes on (an open bracket or text, a `|` or `+` at its end) gets a continuation prompt; from then on `;` or an empty line ends it.
 *
 * empty ──complete line──▶ run · empty ──open line──▶ collecting ──`;` or empty line──▶ run · pasted lines collect until Enter */
export interface StatementBuffer {
  enter(line: string, pasting: boolean): Entered;
  /** What was entered before the present line, with its line breaks; empty at the start of a statement. */
  before(): string;
  clear(): void;
}

/** `isOpen` says whether a source cannot be whole yet. */
export function statementBuffer(isOpen: (source: string) => boolean): StatementBuffer {
  let lines: string[] = [];
  let pasted = false;
  let hinted = false;

  const clear = () => {
    lines = [];
    pasted = false;
  };
  return {
    enter(line, pasting) {
      if (lines.length === 0 && line.trim() === '') return { type: 'nothing' };
      lines.push(line);
      const source = lines.join('\n');
      pasted ||= pasting;
      const ended = !isOpen(source) && (/;\s*$/.test(source) || lines.length === 1 || pasted);
      if (!pasting && (ended || line.trim() === '')) {
        clear();
        return { type: 'whole', source: source.trimEnd() };
      }
      const hint =
        hinted || pasting ? null : 'go on; a ; or an empty line ends the statement, Ctrl-C drops it';
      hinted ||= hint !== null;
      return { type: 'more', hint };
    },
    before: () => (lines.length > 0 ? `${lines.join('\n')}\n` : ''),
    clear,
  };
}
