import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type Posted, type Surface, SurfaceError, type Trouble } from '../../bots/presenter/surface.ts';

export interface SaidFile {
  name: string;
  bytes: number;
  sha256: string;
}

/** What was said in a chat that is a folder: it outlives whoever speaks. */
export interface Said {
  key: string;
  channel: string;
  title: string;
  lines: readonly string[];
  link: string | null;
  /** SHA-256 of the file's bytes as they came, with its name and size. */
  file: SaidFile | null;
  /** Those that stand behind it. */
  behind: readonly SaidFile[];
  /** Ids of what it links to. */
  linked: readonly string[];
}

/** Moments of a delivery at which something may happen: a fault is thrown, or the program dies. */
export type Moment = 'post' | 'posted' | 'upload' | 'uploaded' | 'complete' | 'completed' | 'tell';

/** A chat in a folder, with the manners of the real ones: a film is uploaded, then completed into a message; the same key gives the message that is
 * there. `happen` is called at each moment. */
export function folderChat(
  folder: string,
  happen: (moment: Moment) => Promise<void> | void = () => {},
): Surface {
  const messages = join(folder, 'messages');
  const uploads = join(folder, 'uploads');
  const ready = Promise.all([mkdir(messages, { recursive: true }), mkdir(uploads, { recursive: true })]);
  const write = async (key: string, said: Said): Promise<void> => {
    const draft = join(folder, `draft-${crypto.randomUUID()}`);
    await writeFile(draft, JSON.stringify(said));
    await rename(draft, join(messages, key));
  };
  const find = async (channel: string, key: string): Promise<Posted | null> => {
    await ready;
    const there = await stat(join(messages, key)).catch(() => null);
    return there === null ? null : { channel, thread: null, message: key };
  };
  return {
    chat: 'slack',
    async post({ channel }, view, key) {
      const there = await find(channel, key);
      if (there !== null) return there;
      await happen('post');
      await write(key, { ...bare, key, channel, title: view.title, lines: view.lines });
      await happen('posted');
      return { channel, thread: null, message: key };
    },
    async edit() {},
    async finish(posted, view, file, key, steps) {
      const { channel } = posted;
      const there = await find(channel, key);
      if (there !== null) return there;
      const had: SaidFile[] = [];
      for (const [at, { path, name, bytes }] of (file === null
        ? []
        : [file, ...(file.behind ?? [])]
      ).entries()) {
        const step = at === 0 ? 'uploaded' : `uploaded-${at}`;
        let upload = steps.done[step] ?? null;
        if (upload === null) {
          await happen('upload');
          upload = crypto.randomUUID();
          const hash = createHash('sha256');
          for await (const piece of createReadStream(path)) hash.update(piece as Buffer);
          await writeFile(join(uploads, upload), hash.digest('hex'));
          await steps.note(step, upload);
          await happen('uploaded');
        }
        had.push({ name, bytes, sha256: await readFile(join(uploads, upload), 'utf8') });
      }
      await happen('complete');
      const { title, lines, media, more = [] } = view;
      const linked = more.flatMap(({ id, link }) => (link === null ? [] : [id]));
      const [first = null, ...behind] = had;
      await write(key, {
        key,
        channel,
        title,
        lines,
        link: media?.link ?? null,
        file: first,
        behind,
        linked,
      });
      await rm(join(messages, posted.message), { force: true });
      await happen('completed');
      return { channel, thread: null, message: key };
    },
    find: ({ channel }, key) => find(channel, key),
    look: async () => ({ open: false, may: null }),
    async remove({ message }) {
      await rm(join(messages, message), { force: true });
    },
    async tell(user, { channel }, view) {
      await ready;
      await happen('tell');
      const { title, lines } = view;
      await write(`to-${user}`, { ...bare, key: `to-${user}`, channel, title, lines });
    },
  };
}

const bare = { link: null, file: null, behind: [], linked: [] } as const;

/** Everything that stands in the chat, by key, and how often something was uploaded. */
export async function saidIn(folder: string): Promise<{ messages: Said[]; uploads: number }> {
  const names = await readdir(join(folder, 'messages')).catch(() => []);
  const texts = await Promise.all(
    names.sort().map((name) => readFile(join(folder, 'messages', name), 'utf8')),
  );
  const uploads = await readdir(join(folder, 'uploads')).catch(() => []);
  return { messages: texts.map((text) => JSON.parse(text) as Said), uploads: uploads.length };
}

export function trouble(trouble: Trouble): SurfaceError {
  return new SurfaceError(trouble);
}
