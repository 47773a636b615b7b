import { openMemoryStore } from '../fakes/database.ts';
import { type Rushed, rush } from '../fakes/slack/rush.ts';
import type { Measured } from './measured.ts';

const runs = 200;
/** Slack’s clock goes four times as fast as ours, so what the processor takes looks four times as long. */
const speed = 4;
/** Until Slack shows a file, milliseconds. */
const shareDelay = 1000;

/** How long it takes to bring many films at once to a workspace whose limits are Slack's own, and whether they come once, in order and within them. */
export async function bench(): Promise<Measured[]> {
  return [...(await measured(20)), ...(await measured(1))];
}

async function measured(channels: number): Promise<Measured[]> {
  const store = await openMemoryStore();
  const rushed = await rush(store, { runs, channels, speed, shareDelay });
  await store[Symbol.asyncDispose]();
  check(rushed, channels);
  const against = `${runs} runs that end at once, in ${channels} channel${channels === 1 ? '' : 's'}`;
  const common = { against, unit: 's', goal: 'as measured' };
  return [
    {
      name: 'Slack at its limits: half of the films are there',
      value: rushed.films[runs / 2 - 1]!,
      ...common,
    },
    { name: 'Slack at its limits: all films are there', value: rushed.films.at(-1)!, ...common },
    { name: 'Slack at its limits: every card says that it is done', value: rushed.known.at(-1)!, ...common },
    {
      name: 'Slack at its limits: told that there are too many requests',
      value: rushed.turnedAway,
      unit: 'times',
      goal: '<= 0',
      against,
    },
  ];
}

function check({ films, order }: Rushed, channels: number): void {
  if (films.length !== runs) throw new Error(`${films.length} films came of ${runs} runs`);
  for (const [index, numbers] of order.entries()) {
    const wanted = numbers.map((_, nth) => index + 1 + nth * channels);
    if (numbers.join() !== wanted.join()) throw new Error(`a channel shows its films as ${numbers.join()}`);
  }
}
