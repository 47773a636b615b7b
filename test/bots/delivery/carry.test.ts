import { createHash, randomBytes } from 'node:crypto';
import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createCarry } from '../../../bots/delivery/carry.ts';
import { everywhere } from '../../../bots/presenter/surface.ts';
import { openDiskArtifacts } from '../../../engine/artifacts/disk.ts';
import { leaveCard } from '../../../engine/cards/cards.ts';
import { type Delivery, startDelivery } from '../../../engine/delivery/deliver.ts';
import { openLink } from '../../../engine/delivery/links.ts';
import { recordPreview } from '../../../engine/delivery/previews.ts';
import { openRoom } from '../../../engine/delivery/room.ts';
import { Failure } from '../../../engine/failure.ts';
import { openLog } from '../../../engine/log.ts';
import type { Leave } from '../../../engine/provenance/leave.ts';
import type { Store } from '../../../engine/store/port.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { endedCard, plainPresenter, putFilm } from '../../fakes/finished-card.ts';
import { folderChat, type Moment, saidIn, trouble } from '../../fakes/folder-chat.ts';

/** Polls end as soon as they hold; a machine under load may take its time. */
const soon = { timeout: 30_000 };
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('carrying the last view of a card', () => {
  let folder: string;
  let store: Store;
  let artifacts: Awaited<ReturnType<typeof openDiskArtifacts>>;
  let chat: string;
  let scratch: string;
  let loop: Delivery | null = null;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pql-carry-'));
    store = await openMemoryStore();
    artifacts = await openDiskArtifacts(join(folder, 'artifacts'));
  });
  afterAll(async () => {
    await artifacts?.[Symbol.asyncDispose]();
    await store?.[Symbol.asyncDispose]();
    await rm(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    await store.query('delete from outbox');
    chat = await mkdtemp(join(folder, 'chat-'));
    scratch = join(chat, 'scratch');
    await mkdir(scratch);
  });
  afterEach(async () => {
    await loop?.[Symbol.asyncDispose]();
    loop = null;
  });

  /** Delivers, with what happens at each moment, until nothing is open; what waits for its time is not waited for. */
  const deliver = async (
    happen: (moment: Moment) => Promise<void> | void = () => {},
    more: { publicUrl?: string | null; room?: number; leave?: Leave } = {},
  ) => {
    const carry = createCarry({
      ...{ store, artifacts, scratch, publicUrl: more.publicUrl ?? null },
      ...(more.leave && { leave: more.leave }),
      ...{
        surfaces: everywhere(folderChat(chat, happen)),
        presenter: plainPresenter(store),
        room: openRoom(more.room ?? 100e6),
      },
    });
    const log = openLog({ level: 'silent', sink: () => {}, now: Date.now });
    loop = startDelivery(store, { surface: 'slack', carry, log, look: 20 });
    const open = async () => {
      await store.query(`update outbox set not_before = now() where state = 'waiting'`);
      return (await store.query(`select from outbox where state in ('waiting', 'sending')`)).length;
    };
    await expect.poll(open, soon).toBe(0);
    expect(await readdir(scratch)).toEqual([]);
    const rows = await store.query<{ state: string; why: string | null; card: string }>(
      'select outbox.state, outbox.why, cards.state as card from outbox join cards on cards.id = card_id order by turn',
    );
    return { ...(await saidIn(chat)), rows };
  };
  /** Throws each fault once, at its moment. */
  const once = (faults: Partial<Record<Moment, Error>>) => (moment: Moment) => {
    const fault = faults[moment];
    delete faults[moment];
    if (fault !== undefined) throw fault;
  };

  test('brings the film byte for byte, in place of the card that ran', async () => {
    const bytes = randomBytes(200_000);
    const { hash } = await putFilm(store, artifacts, folder, bytes);
    await endedCard(store, { hash, posted: 'card-1' });
    const { messages, rows } = await deliver();
    expect(messages).toHaveLength(1);
    expect(messages[0]).toMatchObject({
      channel: '#a',
      lines: ['made'],
      link: null,
      file: { bytes: 200_000, sha256: sha256(bytes), name: expect.stringMatching(/^g\d+\.mp4$/) },
    });
    expect(rows).toEqual([{ state: 'sent', why: null, card: 'finished' }]);
  });

  test('posts the card first where nobody did, and a card without a film alone', async () => {
    await endedCard(store, { hash: null });
    const { messages, rows } = await deliver();
    expect(messages).toMatchObject([{ file: null, key: expect.stringMatching(/^done-/) }]);
    expect(rows).toMatchObject([{ state: 'sent' }]);
  });

  test.each([
    ['the answer to a post is lost', 'posted'],
    ['the answer to the completion is lost', 'completed'],
    ['the connection breaks after the upload', 'uploaded'],
    ['the chat is away before the upload', 'upload'],
    ['the chat asks for patience', 'complete'],
  ] as const)('says it once when %s', async (_, moment) => {
    const bytes = randomBytes(50_000);
    const { hash } = await putFilm(store, artifacts, folder, bytes);
    await endedCard(store, { hash });
    const { messages, uploads, rows } = await deliver(
      once({ [moment]: trouble({ kind: 'later', after: 0 }) }),
    );
    expect(messages).toHaveLength(1);
    expect(messages[0]!.file?.sha256).toBe(sha256(bytes));
    expect(uploads).toBe(1);
    expect(rows).toEqual([{ state: 'sent', why: null, card: 'finished' }]);
  });

  test('shows a preview and a link where the film is larger than the place takes', async () => {
    const whole = await putFilm(store, artifacts, folder, randomBytes(90_000));
    const small = randomBytes(3000);
    const preview = await putFilm(store, artifacts, folder, small, 'aside');
    await recordPreview(store, {
      workspace: 'w',
      of: whole.hash,
      fits: 5000,
      hash: preview.hash,
      says: 'a preview: at 320×180',
    });
    await endedCard(store, { hash: whole.hash, fileLimit: 5000 });
    const { messages } = await deliver(undefined, { publicUrl: 'https://films.example.org' });
    expect(messages).toMatchObject([
      {
        lines: [
          `a preview: at 320×180; the whole of ${whole.id} has 90.0 kB`,
          'the link shows all of it for 7 days',
          'made',
        ],
        link: expect.stringMatching(/^https:\/\/films\.example\.org\/films\/[\w-]{43}$/),
        file: { bytes: 3000, sha256: sha256(small), name: expect.stringMatching(/^g\d+-preview\.mp4$/) },
      },
    ]);
    const token = messages[0]!.link!.split('/').at(-1)!;
    expect(await openLink(store, token)).toMatchObject({ hash: whole.hash, id: whole.id });
    // Whoever deletes the card takes its link back at once.
    const [card] = await store.query<{ id: number }>('select max(id) as id from cards');
    await leaveCard(store, card!.id);
    expect(await openLink(store, token)).toBeNull();
  });

  test('falls back to a smaller file, at last to none, when the place takes less than it said', async () => {
    const whole = await putFilm(store, artifacts, folder, randomBytes(8000));
    const preview = await putFilm(store, artifacts, folder, randomBytes(3000), 'aside');
    await recordPreview(store, {
      workspace: 'w',
      of: whole.hash,
      fits: 5000,
      hash: preview.hash,
      says: 'a preview',
    });
    await endedCard(store, { hash: whole.hash });
    const first = await deliver(once({ complete: trouble({ kind: 'too large' }) }));
    expect(first.messages).toMatchObject([{ file: { bytes: 3000, sha256: preview.hash } }]);
    expect(first.uploads).toBe(2);
    await endedCard(store, { hash: whole.hash, channel: '#none' });
    await loop?.[Symbol.asyncDispose]();
    const none = await deliver((moment) => {
      if (moment === 'upload') throw trouble({ kind: 'too large' });
    });
    expect(none.messages.find(({ channel }) => channel === '#none')).toMatchObject({
      file: null,
      lines: [
        `${whole.id} has 8.0 kB, more than fits here`,
        'there are no links here to what is larger; whoever runs the bot can set PQL_PUBLIC_URL',
        'made',
      ],
    });
  });

  test('brings several films in one message, in their order and once, though the connection breaks between two uploads', async () => {
    const films: Buffer[] = [41_000, 42_000, 43_000].map((size) => randomBytes(size));
    const hashes: string[] = [];
    for (const bytes of films) hashes.push((await putFilm(store, artifacts, folder, bytes)).hash);
    await endedCard(store, { hash: hashes.join(' ') });
    let uploads = 0;
    const { messages, uploads: made } = await deliver((moment) => {
      if (moment === 'uploaded' && ++uploads === 2) throw trouble({ kind: 'later', after: 0 });
    });
    expect(messages).toHaveLength(1);
    const [{ file, behind, lines } = { file: null, behind: [], lines: [] }] = messages;
    expect([file, ...behind].map((each) => each?.sha256)).toEqual(films.map(sha256));
    expect(lines[0]).toMatch(/^in this order: v\d+, v\d+, v\d+$/);
    expect(made).toBe(3);
  });

  test('shows the first ten of many, as a preview where one is too large, and links to the others', async () => {
    const all: { id: string; hash: string }[] = [];
    for (let n = 0; n < 12; n++)
      all.push(await putFilm(store, artifacts, folder, randomBytes(n === 1 ? 9000 : 4000)));
    const preview = await putFilm(store, artifacts, folder, randomBytes(3000), 'aside');
    const says = 'a preview: at 320×180';
    await recordPreview(store, { workspace: 'w', of: all[1]!.hash, fits: 5000, hash: preview.hash, says });
    await endedCard(store, { hash: all.map(({ hash }) => hash).join(' '), fileLimit: 5000 });
    const { messages } = await deliver(undefined, { publicUrl: 'https://films.example.org' });
    const [{ file, behind, lines, linked } = { file: null, behind: [], lines: [], linked: [] }] = messages;
    const shown = all.slice(0, 10).map(({ hash }, at) => (at === 1 ? preview.hash : hash));
    expect([file, ...behind].map((each) => each?.sha256)).toEqual(shown);
    const [last, end] = all.slice(10).map(({ id }) => id);
    expect(linked).toEqual([all[1]!.id, last, end]);
    expect(lines.slice(1)).toEqual([
      `${says}; the whole of ${all[1]!.id} has 9.0 kB`,
      `behind links: ${last}, ${end}`,
      'the links show all of it for 7 days',
      'made',
    ]);
  });

  test('brings fewer films where the place does not take so many at once', async () => {
    const all: { id: string; hash: string }[] = [];
    for (let n = 0; n < 4; n++) all.push(await putFilm(store, artifacts, folder, randomBytes(4100 + n)));
    await endedCard(store, { hash: all.map(({ hash }) => hash).join(' ') });
    let refused = 0;
    const { messages, rows } = await deliver((moment) => {
      if (moment === 'complete' && ++refused <= 2) throw trouble({ kind: 'too large' });
    });
    expect(messages).toMatchObject([{ file: { sha256: all[0]!.hash }, behind: [] }]);
    expect(messages[0]!.lines.slice(0, 2)).toEqual([
      `here: ${all[0]!.id}`,
      `not shown here: ${all
        .slice(1)
        .map(({ id }) => id)
        .join(', ')}`,
    ]);
    expect(rows).toEqual([{ state: 'sent', why: null, card: 'finished' }]);
  });

  test('says why, without the film, where somebody in it said no while the card waited', async () => {
    const { hash, id } = await putFilm(store, artifacts, folder, randomBytes(6000));
    await endedCard(store, { hash });
    const leave: Leave = async () => {
      throw new Failure('user', 'PQL546', 'Jane Roe asked not to be shown', { hint: 'leave her out' });
    };
    const { messages, rows } = await deliver(undefined, { leave, publicUrl: 'https://films.example.org' });
    expect(messages).toMatchObject([
      {
        file: null,
        link: null,
        lines: [`${id} cannot be shown: Jane Roe asked not to be shown`, 'leave her out', 'made'],
      },
    ]);
    expect(rows).toMatchObject([{ state: 'sent' }]);
  });

  test('says the card alone when the place refuses the file, and why it was given up when it refuses that too', async () => {
    const { hash } = await putFilm(store, artifacts, folder, randomBytes(7000));
    await endedCard(store, { hash });
    const alone = await deliver((moment) => {
      if (moment === 'upload') throw trouble({ kind: 'refused', words: 'no such file type' });
    });
    expect(alone.messages).toMatchObject([{ file: null }]);
    await loop?.[Symbol.asyncDispose]();
    await endedCard(store, { hash });
    const { rows } = await deliver((moment) => {
      if (moment === 'complete') throw trouble({ kind: 'refused', words: 'invalid_blocks' });
    });
    expect(rows.at(-1)).toEqual({
      state: 'given up',
      why: 'the chat refused it: invalid_blocks',
      card: 'finished',
    });
  });

  test('tells the asker in private where it may not speak, once', async () => {
    const { hash, id } = await putFilm(store, artifacts, folder, randomBytes(6000));
    await endedCard(store, { hash });
    const { messages, rows } = await deliver((moment) => {
      if (moment === 'post') throw trouble({ kind: 'forbidden', words: 'send messages in this channel' });
    });
    expect(messages).toMatchObject([
      {
        key: 'to-U7',
        lines: [
          `${id} is there, but the bot may not send messages in this channel: ask somebody who runs this server to allow it, then press Re-run`,
          'made',
        ],
      },
    ]);
    expect(rows).toEqual([
      { state: 'given up', why: 'the bot may not send messages in this channel', card: 'finished' },
    ]);
  });

  test('leaves a channel that is gone, and a card that somebody deletes', async () => {
    const { hash } = await putFilm(store, artifacts, folder, randomBytes(5500));
    await endedCard(store, { hash });
    const { messages, rows } = await deliver((moment) => {
      if (moment === 'complete') throw trouble({ kind: 'gone' });
    });
    expect(messages.filter(({ file }) => file !== null)).toEqual([]);
    expect(rows).toEqual([
      { state: 'given up', why: 'the channel or the message is gone', card: 'finished' },
    ]);
    const card = await endedCard(store, { hash });
    await store.query(`update cards set state = 'leaving' where id = $1`, [card]);
    await loop?.[Symbol.asyncDispose]();
    expect((await deliver()).rows.at(-1)).toEqual({
      state: 'given up',
      why: 'the card was taken away',
      card: 'leaving',
    });
  });

  test('shows nothing of what was removed since', async () => {
    const { hash } = await putFilm(store, artifacts, folder, randomBytes(5100));
    await endedCard(store, { hash });
    const surface = folderChat(chat);
    const presenter = plainPresenter(store);
    const carry = createCarry({
      ...{ store, artifacts, scratch, publicUrl: null, surfaces: everywhere(surface), room: openRoom(1e6) },
      presenter: {
        ...presenter,
        async view(card) {
          const view = await presenter.view(card);
          await store.query(`delete from media where hash = $1`, [hash]);
          return view;
        },
      },
    });
    const log = openLog({ level: 'silent', sink: () => {}, now: Date.now });
    loop = startDelivery(store, { surface: 'slack', carry, log, look: 20 });
    await expect
      .poll(async () => (await saidIn(chat)).messages, soon)
      .toMatchObject([
        { file: null, lines: [expect.stringMatching(/^v\d+ was removed meanwhile$/), 'made'] },
      ]);
  });

  test('says in words that the bytes of a film are lost', async () => {
    const { hash, id } = await putFilm(store, artifacts, folder, randomBytes(5200));
    await artifacts.remove(hash);
    await endedCard(store, { hash });
    const { messages, rows } = await deliver();
    expect(messages).toMatchObject([
      { file: null, lines: [expect.stringMatching(`^${id} cannot be shown: `), expect.any(String), 'made'] },
    ]);
    expect(rows).toMatchObject([{ state: 'sent' }]);
  });

  test('has no more bytes on their way at the same time than there is room for', async () => {
    for (const channel of ['#a', '#b', '#c', '#d'])
      await endedCard(store, {
        hash: (await putFilm(store, artifacts, folder, randomBytes(40_000))).hash,
        channel,
      });
    let [now, most] = [0, 0];
    const { messages } = await deliver(
      async (moment) => {
        if (moment === 'upload') {
          now += 1;
          most = Math.max(most, now);
          await new Promise((resolve) => setTimeout(resolve, 30));
        }
        if (moment === 'completed') now -= 1;
      },
      { room: 100_000 },
    );
    expect(messages).toHaveLength(4);
    expect(most).toBe(2);
  });
});
