import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createCarry } from '../../bots/delivery/carry.ts';
import { everywhere } from '../../bots/presenter/surface.ts';
import { startDelivery } from '../../engine/delivery/deliver.ts';
import { openRoom } from '../../engine/delivery/room.ts';
import { openEmbedded } from '../../engine/embedded.ts';
import { openLog } from '../../engine/log.ts';
import { freshDatabase } from '../fakes/database.ts';
import { endedCard, plainPresenter, putFilm } from '../fakes/finished-card.ts';
import { folderChat } from '../fakes/folder-chat.ts';

// Delivers the cards of the home named on the command line into a chat that is a folder. `dieAt` is the moment, and the how manieth of it, at
// which it is killed: `uploaded 2`. With films named behind it, their cards are made first.
const [folder = '', dieAt = '', ...films] = process.argv.slice(2);
const home = await openEmbedded(join(folder, 'home'), { template: freshDatabase });
const left = new Map([[dieAt.split(' ')[0], Number(dieAt.split(' ')[1] ?? 1)]]);
const chat = folderChat(join(folder, 'chat'), (moment) => {
  const count = (left.get(moment) ?? 0) - 1;
  left.set(moment, count);
  if (count === 0) process.kill(process.pid, 'SIGKILL');
});
for (const film of films) {
  const { hash } = await putFilm(home.store, home.artifacts, folder, await readFile(film));
  await endedCard(home.store, { hash });
}
const scratch = join(home.scratch, 'deliveries');
await mkdir(scratch, { recursive: true });
const carry = createCarry({
  ...{ store: home.store, artifacts: home.artifacts, scratch, publicUrl: null },
  ...{ surfaces: everywhere(chat), presenter: plainPresenter(home.store), room: openRoom(100e6) },
});
const log = openLog({ level: 'error', sink: (line) => process.stderr.write(line), now: Date.now });
const loop = startDelivery(home.store, { surface: 'slack', carry, log, look: 20, lease: 300 });
for (let open = true; open; ) {
  await new Promise((resolve) => setTimeout(resolve, 30));
  open = (await home.store.query(`select from outbox where state in ('waiting', 'sending')`)).length > 0;
}
await loop[Symbol.asyncDispose]();
await home[Symbol.asyncDispose]();
