import type { Ask } from './ask.ts';
import type { MessageCommand } from './command.ts';
import { fillIn } from './fill-in.ts';
import type { Reply } from './reply.ts';
import { askAbout } from './report.ts';
import { shownIn } from './shown-on.ts';
import type { PresenterTools } from './tools.ts';

/** Does what a command on a message means. */
export function onMessage(
  command: MessageCommand['id'],
  ask: Ask,
  tools: PresenterTools,
  signal?: AbortSignal,
): Promise<Reply> {
  return does[command](ask, tools, signal);
}

const does: Readonly<
  Record<
    MessageCommand['id'],
    (ask: Ask, tools: PresenterTools, signal: AbortSignal | undefined) => Promise<Reply>
  >
> = {
  enhance,
  report: askAbout,
};

/** Of a message of ours its film is known, without being fetched. */
async function enhance(ask: Ask, tools: PresenterTools, signal: AbortSignal | undefined): Promise<Reply> {
  const [clip, second] = (await shownIn(ask, tools))?.films ?? [];
  return clip !== undefined && second === undefined
    ? fillIn('enhance', { clip, upscale: '2x' }, { ...ask, attachments: [] }, tools, signal)
    : fillIn('enhance', { upscale: '2x' }, ask, tools, signal);
}
