import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { openRest } from '../../bots/discord/open-rest.ts';
import { openSurface } from '../../bots/discord/surface.ts';
import { createTokens } from '../../bots/discord/tokens.ts';
import { openBot } from '../bots/discord/open-bot.ts';
import { steps, view } from '../contracts/surface.ts';
import { fakeChat, member } from '../fakes/chat.ts';
import { openMemoryStore } from '../fakes/database.ts';
import { fakeDiscord } from '../fakes/discord/discord.ts';
import { patience } from '../fakes/discord/routes/interactions.ts';
import type { Measured } from './measured.ts';

/** How soon Discord hears that somebody was heard, and what delivering many films does to memory. */
export async function bench(): Promise<Measured[]> {
  // In this order: the database of the one would stand in the memory of the other.
  return [...(await deliveries()), ...(await acknowledgements())];
}

/** Fifty people type at the same moment; the fake, the bot and the embedded
 * database share one process. One in five statements is refused; all others are submitted. */
async function acknowledgements(): Promise<Measured[]> {
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

const films = 100;
const filmBytes = 10_000_000;

/** Takes what comes and keeps nothing of it, in a process of its own. */
const drain = `require('node:http').createServer((request, response) => request.resume().on('end', () =>
  response.setHeader('content-type', 'application/json').end('{"id":"1"}'))).listen(0, '127.0.0.1', function () { console.log(this.address().port) })`;

/** Films of 10 MB, one after the other. */
async function deliveries(): Promise<Measured[]> {
  const server = spawn(process.execPath, ['-e', drain], { stdio: ['ignore', 'pipe', 'inherit'] });
  const folder = await mkdtemp(join(tmpdir(), 'watchai-bench-'));
  try {
    const [port] = (await once(server.stdout, 'data')) as [Buffer];
    const path = join(folder, 'film.mp4');
    await writeFile(path, Buffer.alloc(filmBytes, 7));
    const rest = openRest(`http://127.0.0.1:${String(port).trim()}/api`, 'token');
    const surface = openSurface(rest, '812345678901234567', createTokens(Date.now));
    const posted = { channel: '812345678901234568', thread: null, message: '812345678901234569' };
    const file = { path, name: 'film.mp4', bytes: filmBytes, contentType: 'video/mp4', hash: 'a'.repeat(64) };
    const memory: number[] = [];
    const begun = performance.now();
    for (let film = 0; film < films; film++) {
      await surface.finish(posted, view(), file, `end-${film}`, steps());
      memory.push(process.memoryUsage.rss());
    }
    const each = (performance.now() - begun) / films;
    const [early, late] = [memory.slice(0, films / 2), memory.slice(films / 2)].map((some) =>
      Math.max(...some),
    );
    const name = `Discord: memory in the second ${films / 2} films of 10 MB, against the first`;
    return [
      { name: 'Discord: a film of 10 MB delivered', value: each, unit: 'ms', goal: 'as measured' },
      { name, value: late! / early!, unit: '×', goal: '<= 1.1' },
      { name: 'Discord: memory while films are delivered', value: late! / 1e6, unit: 'MB', goal: '<= 300' },
    ];
  } finally {
    server.kill();
    await rm(folder, { recursive: true, force: true });
  }
}
