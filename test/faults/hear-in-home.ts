import { join } from 'node:path';

import { everywhere, type Surface } from '../../bots/presenter/surface.ts';
import { openEmbedded } from '../../engine/embedded.ts';
import { fakeChat, member } from '../fakes/chat.ts';
import { freshDatabase } from '../fakes/database.ts';

// Hears one and the same interaction in the home named on the command line. Dies with SIGKILL `before` its run is committed, or `after` it and before
// anybody posted its card; or keeps cards and prints what it posts.
const [folder = '', when = ''] = process.argv.slice(2);
const home = await openEmbedded(join(folder, 'home'), { template: freshDatabase });
const die = () => process.kill(process.pid, 'SIGKILL');
const chat = await fakeChat(home.store, when, {
  now: () => new Date(),
  prepare(plan) {
    if (when === 'before') die();
    return plan;
  },
});
const reply = await chat.presenter.hear(
  chat.ask(member('g1', 'ada'), 'GENERATE "fog"', { id: 'interaction' }),
);
if (when === 'after') die();
console.log(reply.type);
const stop = new AbortController();
const nobody = () => Promise.reject(new Error('nobody asked for this'));
const surface: Surface = {
  ...{
    chat: 'discord',
    edit: nobody,
    finish: nobody,
    find: nobody,
    remove: nobody,
    tell: nobody,
    look: nobody,
  },
  async post(place, view, key) {
    console.log(`${key} in ${place.channel}: ${view.title}`);
    stop.abort();
    return { channel: place.channel, thread: null, message: 'M1' };
  },
};
await chat.presenter.keep(everywhere(surface), { every: () => 50 }, stop.signal);
await home[Symbol.asyncDispose]();
