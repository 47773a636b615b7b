import { setTimeout as sleep } from 'node:timers/promises';
import type { App, Context } from '@slack/bolt';

import { type CardView, emptyView } from '../presenter/card-view.ts';
import type { Choice } from '../presenter/choice.ts';
import type { ChatCommand, MessageCommand } from '../presenter/command.ts';
import type { Listed } from '../presenter/form.ts';
import { cutTo, plainLine } from '../presenter/plain.ts';
import type { Reply } from '../presenter/reply.ts';
import { attachmentsOf, type SlackFile } from './attachments.ts';
import { bareCommand, formOf, saidBy, textTyped } from './command-window.ts';
import { drawHome, homeCards } from './draw-home.ts';
import { drawWindow, filesIn, filledIn, noteOf, type WindowNote, windowId } from './draw-window.ts';
import { type Answers, type Heard, heardCommand, heardPress, heardShortcut } from './heard.ts';
import { listedId, listedOf, offered } from './listed.ts';
import { shortcutId, slashCommands } from './manifest.ts';
import type { Team } from './teams.ts';

export interface Listening {
  /** Throws where the app is not installed. */
  team(of: Context): Promise<Team>;
  apiUrl: string;
  commands: readonly ChatCommand[];
  messageCommands: readonly MessageCommand[];
  hear(heard: Heard): Promise<Reply>;
  say(reply: Reply, heard: Heard): Promise<void>;
  /** Work that Slack does not wait for. */
  later(heard: Heard, work: () => Promise<void>): void;
  /** What may be meant by what was typed so far. */
  complete(
    team: Team,
    user: string,
    listed: Pick<Listed, 'verb' | 'field'>,
    typed: string,
  ): Promise<Choice[]>;
  cards(team: Team, user: string, most: number): Promise<CardView[]>;
  /** The app was taken out of a workspace, or its token taken back. */
  left(team: string): void;
  trouble(message: string, cause: unknown): void;
}

/** Tells Bolt what to do with each kind of request. All are acknowledged before anything is asked of anybody; only a window waits a moment, so that what
 * is wrong can be mended in it. */
export function listen(app: App, on: Listening): void {
  const answer = (heard: Heard) => on.later(heard, async () => on.say(await on.hear(heard), heard));

  const typed = slashCommands.map((name) => name.slice(1)).join('|');
  app.command(new RegExp(`^/(?:${typed})$`), async ({ body, context, ack, respond }) => {
    await ack();
    const team = await on.team(context);
    const text = textTyped(body.command, body.text ?? '');
    const said = saidBy(text, on.commands);
    const heard: Heard = { ...heardCommand(body, team), said, answers: respond as Answers };
    const bare = bareCommand(text, on.commands);
    if (bare === null) return answer(heard);
    on.later(heard, async () => {
      const view = drawWindow(formOf(bare), { form: { verb: bare.name }, place: heard.place });
      await team.client.views
        .open({ trigger_id: body.trigger_id, view })
        .catch(() => on.say({ type: 'refused', view: tooLate }, heard));
    });
  });

  app.action(/^press-/, async ({ body, action, context, ack, respond }) => {
    await ack();
    // A link has no token: Slack tells of it, and there is nothing to do.
    if (body.type !== 'block_actions' || action.type !== 'button' || !action.value) return;
    const team = await on.team(context);
    const home = body.channel === undefined ? await directTo(team, body.user.id) : null;
    const heard = heardPress(body, team, action.value, home);
    if (heard === null) return;
    answer({ ...heard, answers: home === null ? (respond as Answers) : null });
  });

  for (const command of on.messageCommands) {
    app.shortcut(
      { type: 'message_action', callback_id: shortcutId(command) },
      async ({ body, context, ack, respond }) => {
        await ack();
        if (body.type !== 'message_action') return;
        const message = body.message as { text?: string; files?: SlackFile[]; thread_ts?: string };
        const team = await on.team(context);
        const attachments = attachmentsOf(message, { token: team.token, apiUrl: on.apiUrl });
        const said = { type: 'message', command: command.id } as const;
        const heard = heardShortcut({ ...body, message }, team, said, attachments);
        answer({ ...heard, answers: respond as Answers });
      },
    );
  }

  app.view({ type: 'view_submission', callback_id: windowId }, async ({ body, view, context, ack }) => {
    const note = noteOf(view.private_metadata);
    if (note === null) return ack();
    const team = await on.team(context);
    const files = filesIn(view.state.values);
    const attachments = attachmentsOf({ files }, { token: team.token, apiUrl: on.apiUrl });
    const heard: Heard = { ...heardWindow(note, team, filledIn(view.state.values), body), attachments };
    const reply = on.hear(heard);
    reply.catch(() => {});
    const early = await Promise.race([reply.catch(() => null), sleep(patience, null)]);
    const fields = view.blocks.flatMap((block) => (block.type === 'input' ? (block.block_id ?? []) : []));
    if (early?.type === 'refused' && fields.length > 0 && early.wrong?.length !== 0)
      return ack({ response_action: 'errors', errors: errorsOf(early, fields) });
    if (early?.type === 'form') {
      const next = { form: { token: early.form.token }, place: note.place };
      return ack({ response_action: 'update', view: drawWindow(early.form, next) });
    }
    await ack();
    on.later(heard, async () => on.say(early ?? (await reply), heard));
  });

  app.options(listedId, async ({ body, context, options, ack }) => {
    const listed = listedOf(body.action_id);
    const wanted =
      listed === null ? null : on.complete(await on.team(context), body.user.id, listed, options.value);
    await ack({ options: await offered(wanted, options.value) });
  });

  app.event('app_home_opened', async ({ event, context }) => {
    if (event.tab !== 'home') return;
    const team = await on.team(context);
    const view = drawHome(await on.cards(team, event.user, homeCards));
    await team.client.views.publish({ user_id: event.user, view });
  });

  app.event('app_uninstalled', async ({ body }) => on.left(body.team_id));
  app.event('tokens_revoked', async ({ body, event }) => {
    // Those of people, of which we have none, are told in the same event.
    if ((event.tokens.bot ?? []).length > 0) on.left(body.team_id);
  });

  app.error(async (error) => on.trouble('slack: a request could not be handled', error));
}

const tooLate: CardView = {
  ...emptyView,
  title: 'The window came too late',
  lines: ['Slack opens one only within three seconds. Type it again, or say all of it at once:'],
  block: '/pql GENERATE "a lighthouse at dusk" DURATION 6s',
};

/** How long a window waits for what is wrong with it, milliseconds: Slack gives it three seconds, people less. */
const patience = 700;

function heardWindow(
  { form, place }: WindowNote,
  team: Team,
  values: Readonly<Record<string, string>>,
  body: { user: { id: string }; trigger_id?: string; view: { id: string; hash: string } },
): Heard {
  const said =
    'verb' in form
      ? ({ type: 'form', verb: form.verb, values } as const)
      : ({ type: 'press', button: form.token, values } as const);
  return {
    // A window that was refused is sent again as it is: only the trigger tells the two apart.
    id: `window ${body.trigger_id ?? `${body.view.id} ${body.view.hash}`}`,
    ...{ team, user: body.user.id, place, said },
    attachments: [],
    trigger: body.trigger_id ?? null,
    answers: null,
    alone: false,
  };
}

/** What is wrong, below the fields of a window that it is about; below the first where that is none of them. */
function errorsOf(
  { view, wrong = [] }: Extract<Reply, { type: 'refused' }>,
  fields: readonly string[],
): Record<string, string> {
  const first = fields[0]!;
  if (wrong.length === 0) return { [first]: inShort(view) };
  const errors: Record<string, string> = {};
  for (const { field, text } of wrong) {
    const at = field !== null && fields.includes(field) ? field : first;
    errors[at] = cutTo(errors[at] === undefined ? text : `${errors[at]}; ${text}`, 400);
  }
  return errors;
}

/** A view in a line. */
function inShort({ title, lines, block }: CardView): string {
  return cutTo(
    plainLine([title, ...lines, ...(lines.length === 0 && block !== null ? [block] : [])].join(' · ')),
    400,
  );
}

async function directTo({ client }: Team, user: string): Promise<string | null> {
  return (await client.conversations.open({ users: user })).channel?.id ?? null;
}
