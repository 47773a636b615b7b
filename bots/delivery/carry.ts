import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CardRow, readCard } from '../../engine/cards/cards.ts';
import type { Carried, Carry, Line } from '../../engine/delivery/deliver.ts';
import type { Parcel } from '../../engine/delivery/outbox.ts';
import type { Room } from '../../engine/delivery/room.ts';
import { Failure } from '../../engine/failure.ts';
import type { CardView } from '../presenter/card-view.ts';
import type { Presenter } from '../presenter/presenter.ts';
import {
  cardKey,
  type OutgoingFile,
  type Posted,
  type Steps,
  SurfaceError,
  type Surfaces,
  type Trouble,
} from '../presenter/surface.ts';
import { chooseFile } from './choose-file.ts';
import type { FileParts } from './choose-one.ts';
import { saying } from './saying.ts';

export interface CarryParts extends FileParts {
  surfaces: Surfaces;
  presenter: Pick<Presenter, 'view' | 'posted'>;
  /** Bytes of files that are on their way at the same time. */
  room: Room;
  /** A folder for what is read from a store far away. */
  scratch: string;
}

/** Says the last view of a card in its chat, with its file. What has succeeded is kept step by step:
 *
 *   posted?  the card has no message yet: post it, by a key under which it is found again
 *   files    the place does not take so many files in one message
 *   limit    the place takes less than it said: a smaller file, or none
 *   bare     the place does not take the file at all: the card alone
 *   <file>.… what the surface keeps of this file
 *   told     we may not speak there: whoever asked was told in private
 *
 * Before its turn the file is brought where nobody sees it; what the card says, and whether the film may be shown, is asked when its turn has come. Once it is said,
 * only the card that ran is left to be taken away. */
export function createCarry(parts: CarryParts): Carry {
  return async (parcel, note, signal, line) => {
    const steps: Kept = {
      done: { ...parcel.steps },
      note: async (step, value) => {
        await note(step, value);
        steps.done[step] = value;
      },
    };
    const scratch = join(parts.scratch, `parcel-${parcel.id}-${parcel.epoch}`);
    await mkdir(scratch, { recursive: true });
    try {
      if (line.waits) await bringAhead(parts, { ...(await look(parts, parcel)), steps, signal, scratch });
      await line.turn();
      const { card, view } = await look(parts, parcel);
      if (card === null || view === null || card.state === 'leaving' || card.state === 'gone')
        return parcel.said ? { how: 'sent' } : { how: 'given up', why: 'the card was taken away' };
      const errand = { parcel, card, view, steps, line, signal, scratch };
      return parcel.said ? await retire(parts, errand) : await insist(parts, errand);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  };
}

async function look({ store, presenter }: CarryParts, parcel: Parcel) {
  return { card: await readCard(store, parcel.card), view: await presenter.view(parcel.card) };
}

interface Errand {
  parcel: Parcel;
  card: CardRow;
  view: CardView;
  steps: Kept;
  line: Line;
  signal: AbortSignal;
  scratch: string;
}

/** Brings the file to the chat before its turn. What goes wrong is met again, and told, when its turn comes. */
async function bringAhead(
  parts: CarryParts,
  {
    card,
    view,
    steps,
    signal,
    scratch,
  }: Pick<Errand, 'steps' | 'signal' | 'scratch'> & { card: CardRow | null; view: CardView | null },
): Promise<void> {
  if (card === null || view === null || view.media === null) return;
  const surface = parts.surfaces.in(card.workspace);
  if (surface.ahead === undefined) return;
  try {
    // A link is made with what is said.
    const { file } = await choose({ ...parts, publicUrl: null }, { card, view, steps, signal, scratch });
    if (file === null) return;
    const files = [file, ...(file.behind ?? [])];
    const room = await parts.room.take(bytesOf(files), signal);
    try {
      await surface.ahead(file, stepsOf(files, steps), signal);
    } finally {
      room[Symbol.dispose]();
    }
  } catch (error) {
    if (!(error instanceof SurfaceError) && !(error instanceof Failure)) throw error;
  }
}

/** Takes away the card that ran: all its messages but the last, which is where it stands. */
async function retire(parts: CarryParts, { card, signal }: Errand): Promise<Carried> {
  const surface = parts.surfaces.in(card.workspace);
  try {
    for (const ran of card.posted.slice(0, -1)) await surface.retire?.(ran, signal);
    return { how: 'sent' };
  } catch (error) {
    if (!(error instanceof SurfaceError)) throw error;
    // Whatever else it is, the film is there.
    return error.trouble.kind === 'later' ? later(error.trouble) : { how: 'sent' };
  }
}

/** Once more with less for each thing that the place does not take. */
async function insist(parts: CarryParts, errand: Errand): Promise<Carried> {
  const { steps } = errand;
  for (;;) {
    let [bytes, files] = [0, 0];
    try {
      await say(parts, errand, (sent) => {
        files = sent.length;
        bytes = bytesOf(sent);
      });
      return { how: 'sent' };
    } catch (error) {
      if (!(error instanceof SurfaceError)) throw error;
      const { trouble } = error;
      if (files > 1 && trouble.kind === 'too large') await steps.note('files', String(Math.floor(files / 2)));
      else if (bytes > 0 && trouble.kind === 'too large') await steps.note('limit', String(bytes - 1));
      else if (bytes > 0 && trouble.kind === 'refused') await steps.note('bare', trouble.words);
      else return atLast(parts, errand, trouble);
    }
  }
}

/** Steps as the row keeps them. */
interface Kept {
  done: Record<string, string>;
  note: Steps['note'];
}

/** What is shown of a view, as far as is known what the place takes. */
function choose(
  parts: FileParts,
  { card, view, steps: { done }, signal, scratch }: Omit<Errand, 'parcel' | 'line'>,
) {
  const limit = 'bare' in done ? 0 : Math.min(card.fileLimit, Number(done.limit ?? card.fileLimit));
  return chooseFile(parts, view, {
    ...{ card: card.id, workspace: card.workspace, limit, scratch, signal },
    ...('files' in done && { files: Number(done.files) }),
  });
}

async function say(
  parts: CarryParts,
  errand: Errand,
  chose: (files: readonly OutgoingFile[]) => void,
): Promise<void> {
  const { presenter } = parts;
  const { parcel, card, steps, line, signal } = errand;
  const surface = parts.surfaces.in(card.workspace);
  const { file, view: told } = await choose(parts, errand);
  const files = file === null ? [] : [file, ...(file.behind ?? [])];
  const room = file === null ? null : await parts.room.take(bytesOf(files), signal);
  try {
    const posted = card.posted.at(-1) ?? (await post(parts, card, told, signal));
    chose(files);
    const key = `done-${parcel.id}-${parcel.round}`;
    const kept = {
      ...stepsOf(files, steps),
      async said(at: Posted) {
        await presenter.posted(card.id, at);
        await line.said();
      },
    };
    const at = await surface.finish(posted, told, file, key, kept, signal);
    await presenter.posted(card.id, at);
  } finally {
    room?.[Symbol.dispose]();
  }
}

function bytesOf(files: readonly OutgoingFile[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}

/** What a surface has done with these files, and not with larger or more of them before. */
function stepsOf(files: readonly OutgoingFile[], { done, note }: Kept): Steps {
  const [first, ...behind] = files.map(({ hash }) => hash.slice(0, 12));
  const mark = `${first ?? 'card'}${behind.length === 0 ? '' : `-${behind.join('-')}`}.`;
  return {
    done: Object.fromEntries(
      Object.entries(done).flatMap(([step, value]) =>
        step.startsWith(mark) ? [[step.slice(mark.length), value]] : [],
      ),
    ),
    note: (step, value) => note(`${mark}${step}`, value),
  };
}

/** The card died before it was posted, or whoever posted it did. */
async function post(
  { surfaces, presenter }: CarryParts,
  card: CardRow,
  view: CardView,
  signal: AbortSignal,
): Promise<Posted> {
  const surface = surfaces.in(card.workspace);
  const posted = await surface.post(placeOf(card), view, cardKey(card.id), signal);
  await presenter.posted(card.id, posted);
  return posted;
}

/** What is left to do when the chat does not take even the card alone. */
async function atLast(parts: CarryParts, errand: Errand, trouble: Trouble): Promise<Carried> {
  switch (trouble.kind) {
    case 'later':
      return later(trouble);
    case 'gone':
      return { how: 'given up', why: 'the channel or the message is gone' };
    case 'too large':
      return { how: 'given up', why: 'the chat finds the card itself too large' };
    case 'refused':
      return { how: 'given up', why: `the chat refused it: ${trouble.words}` };
    case 'forbidden': {
      const why = `the bot may not ${trouble.words}`;
      if ('told' in errand.steps.done) return { how: 'given up', why };
      return (await tell(parts, errand, why)) ?? { how: 'given up', why };
    }
  }
}

function later({ after, own }: Extract<Trouble, { kind: 'later' }>): Carried {
  return own
    ? { how: 'later', after, why: 'the chat takes only so much at a time', own: true }
    : { how: 'later', after, why: 'the chat asks for patience or is away' };
}

/** Tells whoever asked in private that their film is there and why it does not come. Who cannot be told either is let go; a chat that is away is
 * asked again. */
async function tell(
  parts: CarryParts,
  { card, view, steps, signal }: Errand,
  why: string,
): Promise<Carried | null> {
  const are = (view.more ?? []).length > 0 ? ' and others are' : ' is';
  const what = view.media === null ? `${card.group} has ended` : `${view.media.id}${are} there`;
  const words = [`${what}, but ${why}: ask somebody who runs this server to allow it, then press Re-run`];
  const user = card.asker.slice(card.asker.indexOf(':') + 1);
  try {
    const surface = parts.surfaces.in(card.workspace);
    await surface.tell(user, placeOf(card), saying({ ...view, media: null, more: [] }, words), signal);
    await steps.note('told', user);
    return null;
  } catch (error) {
    if (!(error instanceof SurfaceError)) throw error;
    return error.trouble.kind === 'later' ? later(error.trouble) : null;
  }
}

function placeOf({ channel, thread }: CardRow): { channel: string; thread: string | null; message: null } {
  return { channel, thread, message: null };
}
