import { join } from 'node:path';
import { everywhere } from '../../bots/presenter/surface.ts';
import { freeCards } from '../../engine/cards/alone.ts';
import { lockHead } from '../../engine/consent/audit/append.ts';
import { fileRequest } from '../../engine/consent/requests/file.ts';
import { openEmbedded } from '../../engine/embedded.ts';
import { fakeChat, member } from '../fakes/chat.ts';
import { publicFigure } from '../fakes/consent.ts';
import { freshDatabase } from '../fakes/database.ts';
import { folderChat, saidIn } from '../fakes/folder-chat.ts';

// Has moderators asked in a chat that is a folder beside the home named on the command line: files a request and dies with SIGKILL when its card was
// `posted` and nobody noted it yet; or goes on with what is there, and prints what stands in the chat once nobody holds the card any more.
const [folder = '', when = ''] = process.argv.slice(2);
const home = await openEmbedded(join(folder, 'home'), { template: freshDatabase });
const { store } = home;
const ada = { ...member('T0000', 'ada'), workspace: 'slack:T000000', user: 'slack:ada' };
if (when === 'posted') {
  const person = await publicFigure(store, 'Jane Roe');
  await store.transaction(async (queries) => {
    await lockHead(queries);
    await fileRequest(queries, { kind: 'review', person, by: ada, said: 'jane r.', details: {} });
    await queries.query(
      `insert into settings (workspace, name, value) values ('slack:T000000', 'consent.channel', 'C000000')`,
    );
  });
}
await freeCards(store);
const surface = folderChat(join(folder, 'chat'), (moment) => {
  if (moment === when) process.kill(process.pid, 'SIGKILL');
});
const chat = await fakeChat(store, when, { now: () => new Date() });
const stop = new AbortController();
const kept = chat.presenter.keep(everywhere(surface), { every: () => 20, queueEvery: 20 }, stop.signal);
for (let rests = false; !rests; ) {
  await new Promise((resolve) => setTimeout(resolve, 20));
  const cards = await store.query<{ state: string }>(`select state from cards where posted <> '[]'`);
  rests = cards.some(({ state }) => state === 'finished');
}
stop.abort();
await kept;
const { messages } = await saidIn(join(folder, 'chat'));
for (const { channel, title } of messages) console.log(`${channel}: ${title}`);
await home[Symbol.asyncDispose]();
