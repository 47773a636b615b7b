import { openBot } from '../bots/discord/open-bot.ts';
import { fakeChat, member } from '../fakes/chat.ts';
import { openMemoryStore } from '../fakes/database.ts';
import { fakeDiscord } from '../fakes/discord/discord.ts';
import { patience } from '../fakes/discord/routes/interactions.ts';
import type { Measured } from './measured.ts';

/** How soon somebody in Discord sees that they were heard, when fifty people type at the same moment: the fake, the bot and the embedded
 * database in one process. One in five statements is refused; all others are submitted. */
export async function bench(): Promise<Measured[]> {
  const store = await openMemoryStore();
  const discord = await fakeDiscord();
  const chat = await fakeChat(store, 'one', { now: () => new Date() });
  const bot = await openBot(discord, chat.presenter);
  try {
    const guild = discord.guild('Films');
    const channels = Array.from({ length: 10 }, (_, at) => discord.channel(guild, `channel-${at}`));
    const people = Array.from({ length: 50 }, (_, at) => discord.person(`Person ${at}`));
    // As the bot does before it comes in.
    await chat.engine.compile('EXPLAIN GENERATE "fog" | ENHANCE UPSCALE 2x', member('1', '2'));
    for (let round = 0; round < 4; round++)
      await Promise.all(
        people.map((person, at) =>
          person.types(channels[at % 10]!, 'pql', {
            query:
              at % 5 === 0 ? 'ENHANCE nothing UPSCALE 4' : `GENERATE "fog ${at}" SEED ${round} DURATION 4s`,
          }),
        ),
      );
    const times = [...discord.state.heard.values()].map(({ answered }) => answered?.after ?? patience.answer);
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.ceil(times.length * share) - 1]!;
    return [
      {
        name: 'Discord: 50 commands at once, acknowledged, p99',
        value: at(0.99),
        unit: 'ms',
        goal: '<= 1000',
      },
      {
        name: 'Discord: 50 commands at once, acknowledged, median',
        value: at(0.5),
        unit: 'ms',
        goal: '<= 1000',
      },
    ];
  } finally {
    await bot[Symbol.asyncDispose]();
    await discord[Symbol.asyncDispose]();
    await store[Symbol.asyncDispose]();
  }
}
