import { conduct } from '../conduct.ts';
import { exitStatus } from '../outcome.ts';
import { askOnce } from './ask-once.ts';
import { interruptor } from './interrupt.ts';
import { jsonAudience } from './json-audience.ts';
import { localAsker } from './local-asker.ts';
import { personAudience } from './person-audience.ts';
import type { Flags, Setting } from './program.ts';
import { sayWithoutQueue } from './say-without-queue.ts';

/** Takes one script all the way and gives the exit status; Ctrl-C cancels its work, twice quits at once. */
export async function runSource(
  source: string,
  flags: Flags,
  setting: Setting,
  options: { explainOnly?: boolean } = {},
): Promise<number> {
  const { terminal, config, process } = setting;
  sayWithoutQueue(setting);
  const now = () => terminal.now().getTime();
  const person = flags.json ? null : personAudience(terminal, askOnce(terminal, flags.yes === true));
  const audience = person ?? jsonAudience(terminal.out, flags.yes === true, now);
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
    const engine = await openLocal(config, setting.environment, program);
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
