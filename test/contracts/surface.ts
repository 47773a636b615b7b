import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';

import type { Place } from '../../bots/presenter/ask.ts';
import type { CardView } from '../../bots/presenter/card-view.ts';
import { type OutgoingFile, type Steps, type Surface, SurfaceError } from '../../bots/presenter/surface.ts';

/** What somebody sees of a message, in a chat that is tried. */
export interface SeenCard {
  text: string;
  buttons: string[];
  pings: string[];
  files: { name: string; bytes: Uint8Array | null }[];
}

/** A surface with the chat behind it, and what can go wrong there. */
export interface Ground extends AsyncDisposable {
  surface: Surface;
  /** Where the app may post. */
  place: Place;
  /** A person in it, as `Surface.tell` takes them. */
  user: string;
  /** What everybody sees in the place, oldest first. */
  seen(): SeenCard[];
  /** What that person alone sees. */
  seenAlone(): SeenCard[];
  /** As the chat's workspaces are named here: `discord:42`. */
  workspace: string;
  /** Another place where the app may post, which not everybody can read. */
  quiet(): Place;
  /** A place where the app may not post, and one that is no more. */
  closed(): Place;
  deleted(): Place;
  /** Take the message away behind the surface's back. */
  clear(): void;
  /** What the next call meets: its work is done but the answer is lost; too many requests, for so many seconds; a fault of theirs. */
  fail(call: 'post' | 'edit' | 'finish', how: 'lost' | 'limited' | 'down', seconds?: number): void;
}

/** What every chat does in the same way. */
export function describeSurface(name: string, open: () => Promise<Ground>): void {
  describe(`the surface of ${name}`, () => {
    let ground: Ground;
    let folder: string;
    beforeEach(async () => {
      ground = await open();
      folder = await mkdtemp(join(tmpdir(), 'watchai-surface-'));
    });
    afterEach(async () => {
      await ground[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    });

    test('posts a card that everybody sees, with its statement, its buttons and no ping', async () => {
      const { surface, place } = ground;
      await surface.post(place, view(), 'card-1');
      const [card, ...more] = ground.seen();
      expect(more).toEqual([]);
      expect(card?.text).toContain('g7 · waiting');
      expect(card?.text).toContain('GENERATE "fog"');
      expect(card?.buttons).toEqual(['Cancel']);
      expect(card?.pings).toEqual([]);
    });

    test('posts nothing twice under one key, and finds what is there', async () => {
      const { surface, place } = ground;
      const first = await surface.post(place, view(), 'card-1');
      const second = await surface.post(place, view(), 'card-1');
      await surface.post(place, view(), 'card-2');
      expect(second).toEqual(first);
      expect(await surface.find(place, 'card-1')).toEqual(first);
      expect(await surface.find(place, 'card-3')).toBeNull();
      expect(ground.seen()).toHaveLength(2);
    });

    test('posts once although the answer was lost', async () => {
      const { surface, place } = ground;
      ground.fail('post', 'lost');
      const posted = await again(() => surface.post(place, view(), 'card-1'));
      expect(posted).not.toBeNull();
      expect(ground.seen()).toHaveLength(1);
    });

    test('edits a card in its place', async () => {
      const { surface, place } = ground;
      const posted = await surface.post(place, view(), 'card-1');
      await surface.edit(posted, view({ title: 'g7 · running', progress: { fraction: 0.42, text: '42%' } }));
      const [card, ...more] = ground.seen();
      expect(more).toEqual([]);
      expect(card?.text).toContain('g7 · running');
      expect(card?.text).toContain('42%');
      expect(card?.text).not.toContain('waiting');
    });

    test('finishes a card without a file in its place', async () => {
      const { surface, place } = ground;
      const posted = await surface.post(place, view(), 'card-1');
      const end = await surface.finish(posted, view({ title: 'g7 · failed' }), null, 'end-1', steps());
      expect(end.channel).toBe(posted.channel);
      expect(ground.seen().map((card) => card.text)).toEqual([expect.stringContaining('g7 · failed')]);
    });

    test('finishes a card with its film, byte for byte, in one message', async () => {
      const { surface, place } = ground;
      const posted = await surface.post(place, view(), 'card-1');
      const file = await fileOf(folder, 300_000);
      await surface.finish(posted, view({ title: 'g7 · done' }), file.file, 'end-1', steps());
      const [card, ...more] = ground.seen();
      expect(more).toEqual([]);
      expect(card?.text).toContain('g7 · done');
      expect(card?.buttons).toEqual(['Cancel']);
      expect(card?.files.map(({ name }) => name)).toEqual(['g7-fog.mp4']);
      expect(Buffer.compare(card!.files[0]!.bytes!, file.bytes)).toBe(0);
    });

    test('finishes a card with several films in one message, in their order, once although an answer was lost', async () => {
      const { surface, place } = ground;
      const posted = await surface.post(place, view(), 'card-1');
      const films: Awaited<ReturnType<typeof fileOf>>[] = [];
      for (const size of [30_000, 20_000, 40_000]) {
        const film = await fileOf(folder, size);
        films.push({ ...film, file: { ...film.file, name: `v${size}.mp4` } });
      }
      const [first, ...behind] = films.map(({ file }) => file);
      const kept = steps();
      ground.fail('finish', 'lost');
      const all = { ...first!, behind };
      const end = await again(() => surface.finish(posted, view({ title: 'g7 · done' }), all, 'end-1', kept));
      const [card, ...more] = ground.seen();
      expect(more).toEqual([]);
      expect(card?.text).toContain('g7 · done');
      expect(card?.files.map(({ name }) => name)).toEqual(['v30000.mp4', 'v20000.mp4', 'v40000.mp4']);
      for (const [at, { bytes }] of films.entries())
        expect(Buffer.compare(card!.files[at]!.bytes!, bytes)).toBe(0);
      await surface.remove(end);
      expect(ground.seen()).toEqual([]);
    });

    test.each(['lost', 'down'] as const)('finishes once although the answer was %s', async (how) => {
      const { surface, place } = ground;
      const posted = await surface.post(place, view(), 'card-1');
      const { file } = await fileOf(folder, 50_000);
      const kept = steps();
      ground.fail('finish', how);
      await again(() => surface.finish(posted, view({ title: 'g7 · done' }), file, 'end-1', kept));
      const films = ground.seen().filter((card) => card.files.length > 0);
      expect(films).toHaveLength(1);
      expect(ground.seen()).toHaveLength(1);
    });

    test('finishes again what was finished, and posts nothing more', async () => {
      const { surface, place } = ground;
      const posted = await surface.post(place, view(), 'card-1');
      const { file } = await fileOf(folder, 50_000);
      const kept = steps();
      const first = await surface.finish(posted, view({ title: 'g7 · done' }), file, 'end-1', kept);
      const second = await surface.finish(posted, view({ title: 'g7 · done' }), file, 'end-1', kept);
      expect(second).toEqual(first);
      expect(ground.seen()).toHaveLength(1);
      // Whoever died after it was noted where the card stands now says it of that message.
      const third = await surface.finish(first, view({ title: 'g7 · done' }), file, 'end-1', kept);
      expect(third).toEqual(first);
      expect(ground.seen()).toMatchObject([{ files: [{ name: 'g7-fog.mp4' }] }]);
    });

    test('takes a message away, and does not mind that it is gone', async () => {
      const { surface, place } = ground;
      const posted = await surface.post(place, view(), 'card-1');
      await surface.remove(posted);
      expect(ground.seen()).toEqual([]);
      await surface.remove(posted);
    });

    test('takes a film away with its message', async () => {
      const { surface, place } = ground;
      const posted = await surface.post(place, view(), 'card-1');
      const { file } = await fileOf(folder, 50_000);
      const end = await surface.finish(posted, view({ title: 'g7 · done' }), file, 'end-1', steps());
      await surface.remove(end);
      expect(ground.seen()).toEqual([]);
    });

    test('tells one person alone', async () => {
      const { surface, place, user } = ground;
      await surface.tell(user, place, view({ title: 'only for you', buttons: [] }));
      expect(ground.seen()).toEqual([]);
      expect(ground.seenAlone().map((card) => card.text)).toEqual([expect.stringContaining('only for you')]);
    });

    test('says when to come again: too many requests, and a fault of theirs', async () => {
      const { surface, place } = ground;
      const posted = await surface.post(place, view(), 'card-1');
      ground.fail('edit', 'limited', 7);
      expect(await troubleOf(surface.edit(posted, view()))).toEqual({ kind: 'later', after: 7 });
      ground.fail('edit', 'down');
      expect(await troubleOf(surface.edit(posted, view()))).toEqual({ kind: 'later', after: null });
      await surface.edit(posted, view({ title: 'g7 · running' }));
      expect(ground.seen()[0]?.text).toContain('g7 · running');
    });

    test('says what would have to be allowed', async () => {
      const trouble = await troubleOf(ground.surface.post(ground.closed(), view(), 'card-1'));
      expect(trouble).toEqual({ kind: 'forbidden', words: expect.stringMatching(/\w/) });
    });

    test('says that a channel or a message is no more', async () => {
      const { surface, place } = ground;
      const posted = await surface.post(place, view(), 'card-1');
      ground.clear();
      expect(await troubleOf(surface.edit(posted, view()))).toEqual({ kind: 'gone' });
      const elsewhere = { ...posted, channel: ground.deleted().channel };
      expect(await troubleOf(surface.edit(elsewhere, view()))).toEqual({ kind: 'gone' });
    });

    test('ends at once when it is told to stop', async () => {
      const stopped = AbortSignal.abort();
      await expect(ground.surface.post(ground.place, view(), 'card-1', stopped)).rejects.toMatchObject({
        name: 'AbortError',
      });
      expect(ground.seen()).toEqual([]);
    });

    test('says of a channel whether everybody reads it, and what is not allowed there', async () => {
      const { surface, workspace, place } = ground;
      const seen = async ({ channel }: Place) => {
        try {
          const { open, may } = await surface.look(workspace, channel);
          return may === null ? (open ? 'open' : 'quiet') : 'may not';
        } catch (error) {
          if (!(error instanceof SurfaceError)) throw error;
          return error.trouble.kind;
        }
      };
      expect(await seen(place)).toBe('open');
      expect(await seen(ground.quiet())).toBe('quiet');
      expect(['may not', 'forbidden']).toContain(await seen(ground.closed()));
      expect(['gone', 'forbidden']).toContain(await seen(ground.deleted()));
    });

    test('lets nothing that people wrote ping, link or end a code block', async () => {
      const { surface, place } = ground;
      await surface.post(place, view(hostile), 'card-1');
      await surface.tell(ground.user, place, view(hostile));
      for (const card of [...ground.seen(), ...ground.seenAlone()]) {
        expect(card.pings).toEqual([]);
        expect(card.text).toContain('@everyone');
      }
    });
  });
}

const hostile: Partial<CardView> = {
  title: 'g7 · <!channel> @everyone',
  pql: 'GENERATE "``` <!here> @everyone <@U1> <@1234567890123456789>"',
  lines: ['<!channel> [click](https://evil.example) <https://evil.example|https://bank.example> @here'],
  record: [['<@1234567890123456789> @everyone ', { user: 'public <!channel>' }, ' ', { at: new Date(0) }]],
  block: '```\n<@&1234567890123456789> @everyone',
  footnote: '<!everyone> @everyone',
};

/** A card that waits. */
export function view(more: Partial<CardView> = {}): CardView {
  return {
    tone: 'waiting',
    title: 'g7 · waiting, 2nd in line',
    asked: null,
    pql: 'GENERATE "fog"',
    lines: ['The next job starts in about 20 s.'],
    record: [],
    progress: null,
    block: null,
    media: null,
    buttons: [[{ token: 'p0123456789', label: 'Cancel', style: 'danger', url: null }]],
    footnote: null,
    ...more,
  };
}

/** What a delivery has done, in memory. */
export function steps(): Steps {
  const done: Record<string, string> = {};
  return {
    done,
    async note(step, value) {
      done[step] = value;
    },
  };
}

export async function fileOf(folder: string, size: number): Promise<{ file: OutgoingFile; bytes: Buffer }> {
  const bytes = randomBytes(size);
  const path = join(folder, `${size}.mp4`);
  await writeFile(path, bytes);
  const hash = createHash('sha256').update(bytes).digest('hex');
  return { file: { path, name: 'g7-fog.mp4', bytes: size, contentType: 'video/mp4', hash }, bytes };
}

/** Until the chat has it, as the outbox does. */
async function again<T>(call: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await call();
    } catch (error) {
      if (!(error instanceof SurfaceError) || error.trouble.kind !== 'later' || tries === 5) throw error;
    }
  }
}

async function troubleOf(call: Promise<unknown>): Promise<SurfaceError['trouble'] | null> {
  try {
    await call;
    return null;
  } catch (error) {
    if (error instanceof SurfaceError) return error.trouble;
    throw error;
  }
}
