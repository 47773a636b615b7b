import { type Surface, SurfaceError } from './surface.ts';

/** Why moderators cannot be asked in a channel, and what to do about it. */
export interface NotThere {
  message: string;
  hint: string;
}

/** Whether a channel is one in which moderators can be asked: ours to post in, and not everybody's to read, since names stand there of people who asked to
 * be left alone. Null when it is. Throws SurfaceError where the chat is away. */
export async function whyNotThere(
  surface: Surface,
  workspace: string,
  channel: string,
  signal?: AbortSignal,
): Promise<NotThere | null> {
  try {
    const { open, may } = await surface.look(workspace, channel, signal);
    if (may !== null)
      return { message: `I may not ${may}`, hint: 'allow it, then SET consent.channel again' };
    if (!open) return null;
    return {
      message: 'everybody can read this channel, and what moderators are asked names people',
      hint: 'make it private, or choose a private one that I was added to',
    };
  } catch (error) {
    if (!(error instanceof SurfaceError)) throw error;
    const { trouble } = error;
    if (trouble.kind === 'later') throw error;
    if (trouble.kind === 'forbidden')
      return {
        message: `I may not ${trouble.words}`,
        hint: 'add me to the channel, then SET consent.channel again',
      };
    if (trouble.kind === 'gone')
      return {
        message: 'there is no such channel here',
        hint: 'copy the id of a private text channel of this workspace',
      };
    return { message: error.message, hint: 'choose a private text channel' };
  }
}
