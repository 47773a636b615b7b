import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { type CardRow, readCard } from '../../engine/cards/cards.ts';
import type { Carried, Carry } from '../../engine/delivery/deliver.ts';
import type { Parcel } from '../../engine/delivery/outbox.ts';
import type { Room } from '../../engine/delivery/room.ts';
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
 *   told     we may not speak there: whoever asked was told in private */
export function createCarry(parts: CarryParts): Carry {
  return async (parcel, note, signal) => {
    const card = await readCard(parts.store, parcel.card);
    const view = await parts.presenter.view(parcel.card);
    if (card === null || view === null || card.state === 'leaving' || card.state === 'gone')
      return { how: 'given up', why: 'the card was taken away' };
    const scratch = join(parts.scratch, `parcel-${parcel.id}-${parcel.epoch}`);
    await mkdir(scratch, { recursive: true });
    try {
      return await insist(parts, { parcel, card, view, note, signal, scratch });
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  };
}

interface Errand {
  parcel: Parcel;
  card: CardRow;
  view: CardView;
  note: (step: string, value: string) => Promise<void>;
  signal: AbortSignal;
  scratch: string;
}

/** Once more with less for each thing that the place does not take. */
async function insist(parts: CarryParts, errand: Errand): Promise<Carried> {
  const steps: Record<string, string> = { ...errand.parcel.steps };
  const keep = async (step: string, value: string) => {
    await errand.note(step, value);
    steps[step] = value;
  };
  for (;;) {
    let [bytes, files] = [0, 0];
    try {
      await say(parts, errand, { done: steps, note: keep }, (sent) => {
        files = sent.length;
        bytes = bytesOf(sent);
      });
      return { how: 'sent' };
    } catch (error) {
      if (!(error instanceof SurfaceError)) throw error;
      const { trouble } = error;
      if (files > 1 && trouble.kind === 'too large') await keep('files', String(Math.floor(files / 2)));
      else if (bytes > 0 && trouble.kind === 'too large') await keep('limit', String(bytes - 1));
      else if (bytes > 0 && trouble.kind === 'refused') await keep('bare', trouble.words);
      else return atLast(parts, errand, { done: steps, note: keep }, trouble);
    }
  }
}

/** Steps as the row keeps them. */
type Kept = Steps;

async function say(
  parts: CarryParts,
  { parcel, card, view, signal, scratch }: Errand,
  steps: Kept,
  chose: (files: readonly OutgoingFile[]) => void,
): Promise<void> {
  const { presenter } = parts;
  const surface = parts.surfaces.in(card.workspace);
  const limit =
    'bare' in steps.done ? 0 : Math.min(card.fileLimit, Number(steps.done.limit ?? card.fileLimit));
  const { file, view: told } = await chooseFile(parts, view, {
    ...{ card: card.id, workspace: card.workspace, limit, scratch, signal },
    ...('files' in steps.done && { files: Number(steps.done.files) }),
  });
  const files = file === null ? [] : [file, ...(file.behind ?? [])];
  const room = file === null ? null : await parts.room.take(bytesOf(files), signal);
  try {
    const posted = card.posted.at(-1) ?? (await post(parts, card, told, signal));
    chose(files);
    const key = `done-${parcel.id}-${parcel.round}`;
    const at = await surface.finish(posted, told, file, key, stepsOf(files, steps), signal);
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
async function atLast(parts: CarryParts, errand: Errand, steps: Kept, trouble: Trouble): Promise<Carried> {
  switch (trouble.kind) {
    case 'later':
      return trouble.own
        ? { how: 'later', after: trouble.after, why: 'the chat takes only so much at a time', own: true }
        : { how: 'later', after: trouble.after, why: 'the chat asks for patience or is away' };
    case 'gone':
      return { how: 'given up', why: 'the channel or the message is gone' };
    case 'too large':
      return { how: 'given up', why: 'the chat finds the card itself too large' };
    case 'refused':
      return { how: 'given up', why: `the chat refused it: ${trouble.words}` };
    case 'forbidden': {
      const why = `the bot may not ${trouble.words}`;
      if ('told' in steps.done) return { how: 'given up', why };
      return (await tell(parts, errand, why, steps)) ?? { how: 'given up', why };
    }
  }
}

/** Tells whoever asked in private that their film is there and why it does not come. Who cannot be told either is let go; a chat that is away is
 * asked again. */
async function tell(
  parts: CarryParts,
  { card, view, signal }: Errand,
  why: string,
  steps: Kept,
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
    return error.trouble.kind === 'later'
      ? { how: 'later', after: error.trouble.after, why: 'the chat asks for patience or is away' }
      : null;
  }
}

function placeOf({ channel, thread }: CardRow): { channel: string; thread: string | null; message: null } {
  return { channel, thread, message: null };
}
