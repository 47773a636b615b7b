import { createInterface } from 'node:readline/promises';

import type { Ask } from './person-audience.ts';
import type { Terminal } from './terminal.ts';

/** Asks a person on the terminal; `--yes` answers for them, and where nobody can be asked the answer is no, with what to do. */
export function askOnce(terminal: Terminal, yes: boolean): Ask {
  return async (question) => {
    if (yes) return true;
    if (!terminal.inIsTerminal || !terminal.errIsTerminal) {
      terminal.err.write('pql: this asks first, and nobody can be asked here; say --yes to go on\n');
      return false;
    }
    const lines = createInterface({ input: terminal.input, output: terminal.err });
    try {
      return /^\s*y(es)?\s*$/i.test(await lines.question(question));
    } finally {
      lines.close();
    }
  };
}
