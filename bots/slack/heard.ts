import type { Attachment, Place, Said } from '../presenter/ask.ts';
import type { Team } from './teams.ts';

/** What somebody did in Slack, whatever kind of request told of it. */
export interface Heard {
  /** The same however often Slack, or somebody else, sends it. */
  id: string;
  /** In which workspace. */
  team: Team;
  user: string;
  place: Place;
  said: Said;
  attachments: readonly Attachment[];
  /** Opens a window, for three seconds. */
  trigger: string | null;
  /** Answers without being in the channel, five times within half an hour; null after a window. */
  answers: Answers | null;
  /** Whether it was pressed on a message that only they see, which has then done its work. */
  alone: boolean;
}

/** As much of Bolt's `respond` as is used here. */
export type Answers = (answer: {
  response_type?: 'in_channel' | 'ephemeral';
  replace_original?: boolean;
  delete_original?: boolean;
  text?: string;
  blocks?: object[];
  thread_ts?: string;
}) => Promise<unknown>;

/** A slash command: https://docs.slack.dev/interactivity/implementing-slash-commands. It cannot be said in a thread. */
export function heardCommand(
  body: { text?: string; user_id: string; channel_id: string; trigger_id: string },
  team: Team,
): Omit<Heard, 'answers'> {
  return {
    id: `command ${body.trigger_id}`,
    team,
    user: body.user_id,
    place: { channel: body.channel_id, thread: null, message: null },
    said: { type: 'text', text: body.text ?? '' },
    attachments: [],
    trigger: body.trigger_id,
    alone: false,
  };
}

/** A button on a message: https://docs.slack.dev/reference/interaction-payloads/block_actions-payload. `home`: where cards go that are asked for on
 * the home page, which is in no channel. */
export function heardPress(
  body: {
    user: { id: string };
    trigger_id: string;
    channel?: { id?: string } | undefined;
    container?: { message_ts?: string; channel_id?: string; thread_ts?: string; is_ephemeral?: boolean };
    message?: { ts?: string; thread_ts?: string } | undefined;
  },
  team: Team,
  token: string,
  home: string | null,
): Omit<Heard, 'answers'> | null {
  const { container, message } = body;
  const channel = body.channel?.id ?? container?.channel_id ?? home;
  if (!channel) return null;
  const ts = container?.message_ts ?? message?.ts ?? null;
  const thread = container?.thread_ts ?? message?.thread_ts ?? null;
  return {
    id: `press ${body.trigger_id}`,
    team,
    user: body.user.id,
    // The first message of a thread carries its own time stamp: it stands in the channel.
    place: { channel, thread: thread === ts ? null : thread, message: ts },
    said: { type: 'press', button: token },
    attachments: [],
    trigger: body.trigger_id,
    alone: container?.is_ephemeral === true,
  };
}

/** A shortcut on a message: https://docs.slack.dev/interactivity/implementing-shortcuts. In a thread its card goes there too. */
export function heardShortcut(
  body: {
    user: { id: string };
    trigger_id: string;
    channel: { id: string };
    message_ts: string;
    message: { thread_ts?: string | undefined };
  },
  team: Team,
  said: Said,
  attachments: readonly Attachment[],
): Omit<Heard, 'answers'> {
  const thread = body.message.thread_ts ?? null;
  return {
    id: `shortcut ${body.trigger_id}`,
    team,
    user: body.user.id,
    place: {
      channel: body.channel.id,
      thread: thread === body.message_ts ? null : thread,
      message: body.message_ts,
    },
    said,
    attachments,
    trigger: body.trigger_id,
    alone: false,
  };
}
