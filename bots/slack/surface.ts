import type { Place } from '../presenter/ask.ts';
import type { CardView, Told } from '../presenter/card-view.ts';
import { plainLine } from '../presenter/plain.ts';
import {
  type OutgoingFile,
  type Posted,
  type Steps,
  type Surface,
  SurfaceError,
} from '../presenter/surface.ts';
import { lookAtChannel } from './channel-seen.ts';
import { type SlackClient, unlessAborted } from './clients.ts';
import { type Clock, wallClock } from './clock.ts';
import { type DrawnCard, drawCard } from './draw-card.ts';
import { findMessage, keyMark } from './find-message.ts';
import type { Member } from './names.ts';
import { type Sharing, sharingOf, watchShares } from './shared-file.ts';
import { refusalOf, surfaceError } from './trouble.ts';
import { upload } from './upload.ts';

export interface SlackSurface extends Surface {
  readonly chat: 'slack';
  ahead: NonNullable<Surface['ahead']>;
  retire: NonNullable<Surface['retire']>;
  /** Posts a card that nobody can have posted yet: as `post`, without looking for it first. */
  postNew(place: Place, view: CardView, key: string, signal?: AbortSignal): Promise<Posted>;
}

export interface SurfaceTools {
  /** For what has to arrive. */
  client: SlackClient;
  /** For edits while a run goes on, which may be dropped: Slack counts them for the whole workspace. */
  editing: SlackClient;
  member(user: string): Promise<Member | null>;
  /** How long to wait for a file to be seen in its message before the delivery is tried again, milliseconds. */
  patience?: number;
  clock?: Clock;
}

/** Slack as the presenter and the outbox use it. A film is a message of its own at the end of the channel, which people are told of, with the last
 * view around it; the card that ran is then taken away. */
export function createSurface(tools: SurfaceTools): SlackSurface {
  const { client, editing, member, patience = 20_000, clock = wallClock } = tools;
  const whenShared = watchShares(client, clock, patience);
  const draw = async (view: CardView): Promise<DrawnCard> => {
    const asker = view.asked === null ? null : await member(idOf(view.asked));
    const record = await Promise.all(view.record.map((line) => Promise.all(line.map(named))));
    return drawCard({ ...view, record }, view.asked === null ? null : plainLine(asker?.name ?? 'somebody'));
  };
  const named = async (told: Told): Promise<Told> => {
    if (typeof told === 'string' || !('user' in told) || !told.user.startsWith('slack:')) return told;
    return plainLine((await member(idOf(told.user)))?.name ?? '') || 'somebody';
  };
  const postNew: SlackSurface['postNew'] = async (place, view, key, signal) => {
    const drawn = await draw(view);
    const message = { ...said(place, drawn), metadata: keyMark(key) };
    return told(signal, true, async () => {
      const { ts } = await joining(client, place.channel, () => client.chat.postMessage(message));
      return { channel: place.channel, thread: place.thread, message: ts! };
    });
  };
  const find: Surface['find'] = (place, key, signal) =>
    told(signal, true, () => joining(client, place.channel, () => findMessage(client, place, key)));
  return {
    chat: 'slack',
    postNew,
    find,
    async post(place, view, key, signal) {
      return (await find(place, key, signal)) ?? postNew(place, view, key, signal);
    },
    async edit(posted, view, signal) {
      const drawn = await draw(view);
      await told(signal, false, () => editing.chat.update(anew(posted, drawn)));
    },
    async finish(posted, view, file, _key, steps, signal) {
      const drawn = await draw(view);
      if (file === null) {
        await told(signal, false, () => client.chat.update(anew(posted, drawn)));
        return posted;
      }
      const film = await told(signal, false, () => share(posted, drawn, file, steps, signal));
      await steps.said?.(film);
      // Said again after a crash, it may be the film's own message that stands for the card by now.
      if (film.message !== posted.message) await told(signal, false, () => takeAway(client, posted));
      return film;
    },
    ahead: (file, steps, signal) =>
      told(signal, false, async () => {
        const files = [file, ...(file.behind ?? [])];
        if (files.every((_, at) => steps.done[uploadStep(at)] !== undefined)) return;
        await steps.note('ahead', 'waits');
        await uploaded(files, steps, signal);
      }),
    retire: (ran, signal) => told(signal, false, () => takeAway(client, ran)),
    remove: (posted, signal) =>
      told(signal, false, async () => {
        await deleteFiles(client, posted);
        await takeAway(client, posted);
      }),
    look: (_workspace, channel, signal) => told(signal, true, () => lookAtChannel(client, channel)),
    async tell(user, place, view, signal) {
      const drawn = await draw(view);
      await told(signal, true, async () => {
        try {
          await client.chat.postEphemeral({ ...said(place, drawn), user });
        } catch (error) {
          // Where we are not let in, or they are not: to them directly.
          if (!outside.includes(refusalOf(error) ?? '')) throw error;
          await client.chat.postMessage(said({ ...place, channel: user, thread: null }, drawn));
        }
      });
    },
  };

  async function share(
    posted: Posted,
    drawn: DrawnCard,
    file: OutgoingFile,
    steps: Steps,
    signal: AbortSignal | undefined,
  ): Promise<Posted> {
    if (steps.done.shared !== undefined) return { ...posted, message: steps.done.shared };
    const files = [file, ...(file.behind ?? [])];
    // What waited for its turn nobody has completed, so Slack need not be asked.
    const waits = steps.done.ahead === 'waits';
    const before = await Promise.all(
      files.map((_, at) => (waits ? null : sharedBefore(posted.channel, steps.done[uploadStep(at)]))),
    );
    const ids = await uploaded(files, steps, signal);
    if (waits) await steps.note('ahead', 'over');
    // All of them are completed together: one that was not, none was.
    if (before.some((each) => each === null || each.state === 'not completed'))
      await complete(posted, drawn, files, ids, steps, signal);
    const film = await whenShared(ids[0]!, posted, signal);
    if (film === null) throw new SurfaceError({ kind: 'later', after: 5 });
    await steps.note('shared', film.message);
    return film;
  }

  async function sharedBefore(channel: string, id: string | undefined): Promise<Sharing | null> {
    return id === undefined ? null : sharingOf(client, id, channel);
  }

  /** Uploads what was not uploaded before, one after the other; `again` uploads all anew. */
  async function uploaded(
    files: readonly OutgoingFile[],
    steps: Steps,
    signal: AbortSignal | undefined,
    again = false,
  ): Promise<string[]> {
    const ids: string[] = [];
    for (const [at, file] of files.entries()) {
      const known = again ? undefined : steps.done[uploadStep(at)];
      const id = known ?? (await upload(client, file, signal));
      if (known === undefined) await steps.note(uploadStep(at), id);
      ids.push(id);
    }
    return ids;
  }

  async function complete(
    posted: Posted,
    { blocks }: DrawnCard,
    files: readonly OutgoingFile[],
    ids: readonly string[],
    steps: Steps,
    signal: AbortSignal | undefined,
  ): Promise<void> {
    const destination = {
      channel_id: posted.channel,
      ...(posted.thread === null ? {} : { thread_ts: posted.thread }),
    };
    // No comment: blocks would be dropped beside it.
    const finish = (all: readonly string[]) => {
      const [first, ...others] = all.map((id, at) => ({ id, title: files[at]!.name }));
      return client.files.completeUploadExternal({ files: [first!, ...others], blocks, ...destination });
    };
    try {
      await finish(ids);
    } catch (error) {
      // An upload that was not finished is forgotten after a while.
      if (!['file_not_found', 'file_upload_not_found'].includes(refusalOf(error) ?? '')) throw error;
      await finish(await uploaded(files, steps, signal, true));
    }
  }
}

/** Under which the id of each file is kept. */
function uploadStep(at: number): string {
  return at === 0 ? 'uploaded' : `uploaded-${at}`;
}

const outside = ['not_in_channel', 'channel_not_found', 'user_not_in_channel', 'is_archived'];

/** `slack:U1` and `U1` alike. */
const idOf = (user: string) => user.replace(/^slack:/, '');

function said(place: Place, { text, blocks }: DrawnCard) {
  return {
    channel: place.channel,
    text,
    blocks,
    unfurl_links: false,
    unfurl_media: false,
    ...(place.thread === null ? {} : { thread_ts: place.thread }),
  };
}

/** Unlike a post, an edit looks for names and channels in the text unless told not to. */
function anew({ channel, message }: Posted, { text, blocks }: DrawnCard) {
  return { channel, ts: message, text, blocks, parse: 'none' as const, link_names: false };
}

/** Runs a call; what Slack refuses is thrown as the port says it. */
async function told<T>(signal: AbortSignal | undefined, first: boolean, call: () => Promise<T>): Promise<T> {
  try {
    return await unlessAborted(signal, call);
  } catch (error) {
    signal?.throwIfAborted();
    throw surfaceError(error, first);
  }
}

/** Comes into a public channel where it is not a member yet, and tries once more. */
async function joining<T>(client: SlackClient, channel: string, call: () => Promise<T>): Promise<T> {
  try {
    return await call();
  } catch (error) {
    if (refusalOf(error) !== 'not_in_channel') throw error;
    const joined = await client.conversations.join({ channel }).then(
      () => true,
      () => false,
    );
    if (!joined) throw error;
    return call();
  }
}

/** Takes a message of ours away; one that is gone already is fine. */
async function takeAway(client: SlackClient, { channel, message }: Posted): Promise<void> {
  await client.chat.delete({ channel, ts: message }).catch((error: unknown) => {
    if (!nowhere.includes(refusalOf(error) ?? '')) throw error;
  });
}

/** Deletes the files of a message of ours: taking the message away would leave them in everybody's list of files. */
async function deleteFiles(client: SlackClient, posted: Posted): Promise<void> {
  for (const file of await filesIn(client, posted)) {
    await client.files.delete({ file }).catch((error: unknown) => {
      if (refusalOf(error) !== 'file_not_found' && refusalOf(error) !== 'file_deleted') throw error;
    });
  }
}

async function filesIn(client: SlackClient, { channel, thread, message }: Posted): Promise<string[]> {
  const only = { channel, latest: message, oldest: message, inclusive: true, limit: 2 };
  try {
    const { messages = [] } =
      thread === null
        ? await client.conversations.history(only)
        : await client.conversations.replies({ ...only, ts: thread });
    const found = messages.find(({ ts }) => ts === message) as { files?: { id?: string }[] } | undefined;
    return found?.files?.flatMap(({ id }) => id ?? []) ?? [];
  } catch (error) {
    if (nowhere.includes(refusalOf(error) ?? '')) return [];
    throw error;
  }
}

const nowhere = ['message_not_found', 'channel_not_found', 'thread_not_found', 'is_archived'];
