/** Turns Ctrl-C into the end of a run: the first cancels it, the second quits.
 *
 * idle ──begin──▶ running ──press──▶ cancelling ──press──▶ quit
 *   ◀────────────end───┴──────────────end──┘ */
export interface Interrupt {
  /** A run begins; its signal is aborted by the next press. */
  begin(): AbortSignal;
  end(): void;
  /** Ctrl-C was pressed or SIGINT arrived; false when nothing runs. */
  press(): boolean;
}

/** `say` tells the person what a press does, `quit` ends the process at once. */
export function interruptor(say: (text: string) => void, quit: () => void): Interrupt {
  let running: AbortController | null = null;
  return {
    begin() {
      running = new AbortController();
      return running.signal;
    },
    end() {
      running = null;
    },
    press() {
      if (!running) return false;
      if (running.signal.aborted) quit();
      else {
        say('cancelling; Ctrl-C again quits at once');
        running.abort();
      }
      return true;
    },
  };
}
