import { copyFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSharedArtifacts } from '../../../engine/artifacts/shared.ts';
import { openSharedFolder } from '../../../engine/artifacts/shared-folder.ts';
import { withFile } from '../../../engine/artifacts/stream.ts';

// Another machine: takes the files named on the command line into a shared folder, by copies, since the other one does too. With `half`
// it writes one without end; with `fetch` it reads what has a hash, and says what came of it.
const [root = '', ...films] = process.argv.slice(2);
const remote = await openSharedFolder(root, async () => true);
if (films[0] === 'half') {
  await withFile(films[1] ?? '', 'r', (source) =>
    remote.send(source, { hash: '0'.repeat(64), bytes: 2 ** 33 }),
  );
} else {
  // Told of its limit by an error, not by a signal.
  process.on('SIGXFSZ', () => {});
  const folder = await mkdtemp(join(tmpdir(), 'pql-machine-'));
  const store = await openSharedArtifacts({ remote: async () => remote, folder, limit: 1e9 });
  if (films[0] === 'fetch')
    console.log(await store.path(films[1] ?? '').catch(({ code, message }) => `${code} ${message}`));
  else
    for (const film of films) {
      const copy = join(store.temporary, crypto.randomUUID());
      await copyFile(film, copy);
      await store.put(copy);
    }
  await store[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
}
