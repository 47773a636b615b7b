import { blotted } from '../engine/log.ts';
import type { Progress } from './handler.ts';

/** What a job said last, kept in its row while it runs: whoever looks for what killed a worker finds it there. */
export interface LastWords {
  add(line: string): void;
  progress(progress: Progress): void;
  /** The lines to keep when there are new ones since the last call, else null. How far it is counts as new only when `all` is asked for: it
   * changes all the time. */
  news(all: boolean): string[] | null;
}

/** The newest lines stay, each cut to a length that a table can show. */
const mostLines = 20;
const mostCharacters = 200;

/** Last words that go on behind those of earlier tries. `seconds` gives the time since the job began, of a clock that nobody can set. */
export function lastWords(before: readonly string[], seconds: () => number): LastWords {
  let lines = before.slice(-mostLines);
  let far: string | null = null;
  let [fresh, freshFar] = [false, false];
  const timed = (text: string) => {
    const line = `${seconds().toFixed(1)} s: ${blotted(text).replace(/\s+/g, ' ').trim()}`;
    return line.length > mostCharacters ? `${line.slice(0, mostCharacters - 1)}…` : line;
  };
  return {
    add(text) {
      lines = [...lines, timed(text)].slice(-mostLines);
      fresh = true;
    },
    progress({ fraction, note }) {
      far = timed([`${Math.round(100 * fraction)} %`, ...(note === undefined ? [] : [note])].join(', '));
      freshFar = true;
    },
    news(all) {
      if (!fresh && !(all && freshFar)) return null;
      [fresh, freshFar] = [false, false];
      return [...lines, ...(far === null ? [] : [far])].slice(-mostLines);
    },
  };
}
