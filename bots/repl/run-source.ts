import type { Writable } from 'node:stream';

import type { StepVerdict } from '../../dsl/explain/verdict.ts';
import type { Plan } from '../../dsl/plan.ts';
import { type Audience, conduct } from '../conduct.ts';
import { exitStatus } from '../outcome.ts';
import { askOnce } from './ask-once.ts';
import { interruptor } from './interrupt.ts';
import { jsonAudience } from './json-audience.ts';
import { localAsker } from './local-asker.ts';
import { personAudience } from './person-audience.ts';
import type { Flags, Setting } from './program.ts';
import { worksHere } from './works-here.ts';

/** Draws a plan with what becomes of each of its steps. */
export type Draw = (plan: Plan, verdicts: readonly StepVerdict[]) => string;

/** Takes one script all the way and gives the exit status; Ctrl-C cancels its work, twice quits at once. */
export async function runSource(
  source: string,
  flags: Flags,
  setting: Setting,
  options: { explainOnly?: boolean; draw?: Draw } = {},
): Promise<number> {
  const { terminal, config, process } = setting;
  const work = worksHere(flags, config);
  const now = () => terminal.now().getTime();
  const person = flags.json ? null : personAudience(terminal, askOnce(terminal, flags.yes === true));
  const audience = withDrawing(
    person ?? jsonAudience(terminal.out, flags.yes === true, now),
    options.draw,
    terminal.out,
  );
  const interrupt = interruptor(
    (text) => (person ? person.say(text) : void terminal.err.write(`pql: ${text}\n`)),
    () => {
      if (terminal.live) terminal.err.write('\u{1b}[?25h');
      process.exit(exitStatus.interrupted);
    },
  );
  const signal = interrupt.begin();
  const press = () => void interrupt.press();
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, press);
  try {
    // The database compiles on other threads while everything above it is loaded here.
    const { loadDatabase } = await import('../../engine/load-database.ts');
    const program = loadDatabase(config);
    const { openLocal } = await import('./wiring/open.ts');
    const engine = await openLocal(config, setting.environment, {
      program,
      work,
      say: (text) => void terminal.err.write(text),
    });
    try {
      const asker = localAsker(config);
      return exitStatus[await conduct(source, { engine, asker, audience, signal, ...options })];
    } finally {
      await engine[Symbol.asyncDispose]();
    }
  } finally {
    for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.off(name, press);
  }
}

/** The same audience, whose explanations of work are drawn: nothing else may stand in a drawing, so of commands it says nothing. */
function withDrawing(audience: Audience, draw: Draw | undefined, out: Writable): Audience {
  if (draw === undefined) return audience;
  return {
    ...audience,
    explained(_text, explanation) {
      if (explanation) out.write(draw(explanation.plan, explanation.steps));
    },
  };
}
