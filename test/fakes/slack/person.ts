import { checkOptions } from './check-element.ts';
import { checkView } from './check-view.ts';
import { fieldOf, filledIn, isExternal, labelOf } from './fill-in.ts';
import { isJson, type Json, listOf, textOf } from './json.ts';
import { fileOf } from './methods/files.ts';
import { viewOf } from './methods/views.ts';
import { type ResponseUrls, said } from './response-urls.ts';
import { look, type Seen, type SeenButton } from './seen.ts';
import type { Heard, Sender, SendOptions } from './sender.ts';
import type { Channel, Message, OpenView, Person, StoredFile, Team } from './team.ts';
import type { Triggers } from './triggers.ts';

/** A message as somebody sees it. */
export interface SeenMessage extends Seen {
  ts: string;
  thread: string | null;
  /** Whether nobody else sees it. */
  alone: boolean;
  files: StoredFile[];
  message: Message;
}

/** Somebody in a workspace: types, presses, fills in, and sees what people see. */
export interface Human {
  id: string;
  /** `/pql text`, or another command, in a channel; `team` where they are of another workspace. */
  types(
    channel: Channel,
    text: string,
    options?: SendOptions & { team?: string; command?: string },
  ): Promise<Heard>;
  /** The button with that label, of the newest message that has it. */
  presses(channel: Channel, label: string, message?: SeenMessage): Promise<Heard>;
  /** Writes a message, with files. */
  writes(
    channel: Channel,
    text: string,
    files?: { name: string; bytes: Uint8Array }[],
    thread?: string,
  ): Message;
  /** A shortcut in the menu of a message. */
  chooses(shortcut: string, message: Message): Promise<Heard>;
  /** Opens the app's home, and sees it. */
  opensHome(): Promise<Seen>;
  home(): Seen | null;
  /** What stands in a channel or a thread, oldest first. */
  sees(channel: Channel, thread?: string | null): SeenMessage[];
  /** The window that is open. */
  window(): { title: string; seen: Seen; labels: string[]; view: OpenView } | null;
  /** What a list of the window offers for what was typed in it: the texts. */
  looksFor(label: string, typed: string): Promise<string[]>;
  /** Fills in the window, by label, and sends it. Of a list from elsewhere what is named is typed, and chosen if it is offered; a file by its name and
   * bytes. */
  sends(values: Readonly<Record<string, Typed>>): Promise<Heard>;
}

/** What is put into a field of a window. */
type Typed = string | readonly string[] | { name: string; bytes: Uint8Array };

export function createHuman(
  person: Person,
  world: { team: Team; triggers: Triggers; urls: ResponseUrls; sender: Sender; url(): string },
): Human {
  const { team, triggers, urls, sender } = world;
  const me = { id: person.id, username: person.name, name: person.name, team_id: team.id };
  const inTeam = { team: { id: team.id, domain: team.domain }, api_app_id: team.bot.app, token: 'unused' };
  const sees = (channel: Channel, thread: string | null | undefined = undefined): SeenMessage[] =>
    team.messages
      .filter((message) => message.channel === channel.id)
      .filter((message) => message.onlyFor === null || message.onlyFor === person.id)
      .filter((message) => thread === undefined || message.thread === thread)
      .map((message) => ({
        ...look(message),
        ts: message.ts,
        thread: message.thread,
        alone: message.onlyFor !== null,
        files: message.files.flatMap((id) => team.files.get(id) ?? []),
        message,
      }));
  const human: Human = {
    id: person.id,
    sees,
    async types(channel, text, options) {
      const heard = await sender.send(
        'slash_commands',
        {
          ...{ token: 'unused', team_domain: team.domain, api_app_id: team.bot.app },
          team_id: options?.team ?? team.id,
          ...{ channel_id: channel.id, channel_name: channel.name, is_enterprise_install: 'false' },
          ...{ user_id: person.id, user_name: person.name, command: options?.command ?? '/pql', text },
          response_url: urls.give({ user: person.id, channel: channel.id, message: null }),
          trigger_id: triggers.give(person.id),
        },
        options,
      );
      if (heard.body !== null && (heard.body.text !== undefined || heard.body.blocks !== undefined))
        team.messages.push(said(team, person.id, channel.id, heard.body));
      return heard;
    },
    async presses(channel, label, message) {
      const all = message === undefined ? sees(channel).reverse() : [message];
      for (const each of all) {
        const button = each.buttons.find((candidate) => candidate.label === label);
        if (button !== undefined) return press(channel, each.message, button);
      }
      throw new Error(`${person.name} sees no button ${label} in ${channel.name}`);
    },
    writes(channel, text, files = [], thread) {
      const ids = files.map(put);
      const message: Message = {
        ...{ channel: channel.id, ts: team.ts(), thread: thread ?? null, user: person.id, text },
        ...{ blocks: [], metadata: null, files: ids, onlyFor: null, before: [] },
      };
      team.messages.push(message);
      return message;
    },
    chooses(shortcut, message) {
      const channel = team.channels.get(message.channel)!;
      return sender.send('interactive', {
        ...inTeam,
        type: 'message_action',
        callback_id: shortcut,
        trigger_id: triggers.give(person.id),
        response_url: urls.give({ user: person.id, channel: channel.id, message: null }),
        user: me,
        channel: { id: channel.id, name: channel.name },
        action_ts: team.ts(),
        message_ts: message.ts,
        message: {
          ...{ type: 'message', user: message.user, ts: message.ts, text: message.text },
          ...(message.thread === null ? {} : { thread_ts: message.thread }),
          files: message.files.map((id) => fileOf(team.files.get(id)!, world.url())),
        },
      });
    },
    async opensHome() {
      await sender.send('events_api', {
        ...{ token: 'unused', team_id: team.id, api_app_id: team.bot.app, type: 'event_callback' },
        event_id: team.id_('Ev'),
        event_time: Math.floor(team.now() / 1000),
        event: { type: 'app_home_opened', user: person.id, channel: 'D0', tab: 'home', event_ts: team.ts() },
        authorizations: [{ team_id: team.id, user_id: team.bot.user, is_bot: true, enterprise_id: null }],
      });
      for (let tries = 0; human.home() === null && tries < 100; tries++)
        await new Promise((resolve) => setTimeout(resolve, 20));
      return human.home() ?? look({ text: '', blocks: [] });
    },
    home() {
      const view = team.homes.get(person.id);
      return view === undefined ? null : look({ text: '', blocks: listOf(view.blocks) });
    },
    window() {
      const view = team.modals.get(person.id);
      if (view === undefined) return null;
      const blocks = listOf(view.view.blocks);
      const title = isJson(view.view.title) ? textOf(view.view.title.text) : '';
      const labels = blocks.flatMap((block) =>
        isJson(block) && block.type === 'input' ? [labelOf(block)] : [],
      );
      return { title, seen: look({ text: '', blocks }), labels, view };
    },
    async looksFor(label, typed) {
      const options = await suggested(opened(), label, typed);
      return options.map(({ text }) => (isJson(text) ? textOf(text.text) : ''));
    },
    async sends(values) {
      const open = opened();
      const chosen = new Map<string, Json[]>();
      const typed: Record<string, string | readonly string[]> = {};
      for (const [label, said] of Object.entries(values))
        if (typeof said === 'object' && 'bytes' in said) typed[label] = put(said);
        else if (isExternal(fieldOf(open.view, label)?.element))
          chosen.set(label, await Promise.all([said].flat().map((each) => choice(open, label, each))));
        else typed[label] = said;
      const file = (id: string) => fileOf(team.files.get(id)!, world.url());
      const state = { values: filledIn(open.view, typed, chosen, file) };
      const heard = await sender.send('interactive', {
        ...inTeam,
        type: 'view_submission',
        user: me,
        trigger_id: triggers.give(person.id),
        view: { ...viewOf(team, open), state },
        response_urls: [],
        is_enterprise_install: false,
        enterprise: null,
      });
      if (heard.acknowledged) goesOn(open, heard.body);
      return heard;
    },
  };

  /** What becomes of a window that was sent: https://docs.slack.dev/surfaces/modals#handling_submissions. */
  function goesOn(open: OpenView, answer: Json | null): void {
    const action = answer?.response_action;
    if (action === undefined) team.modals.delete(person.id);
    if (action === 'update') {
      const wrong = checkView(answer?.view, 'modal');
      if (wrong.length > 0) throw new Error(`Slack does not take the window: ${wrong.join('; ')}`);
      team.modals.set(person.id, { ...open, view: answer?.view as Json, hash: team.ts() });
    }
    const asked = listOf(open.view.blocks).flatMap((block) =>
      isJson(block) && block.type === 'input' ? [block.block_id] : [],
    );
    for (const field of Object.keys((answer?.errors ?? {}) as Json))
      if (action === 'errors' && !asked.includes(field)) throw new Error(`the window has no field ${field}`);
  }

  function opened(): OpenView {
    const open = team.modals.get(person.id);
    if (open === undefined) throw new Error(`${person.name} has no window open`);
    return open;
  }

  /** What the app answers within three seconds that is asked for the options of a list: refused as the client would. */
  async function suggested(open: OpenView, label: string, typed: string): Promise<Json[]> {
    const field = fieldOf(open.view, label);
    if (field === null || !isExternal(field.element)) throw new Error(`${label} is no list from elsewhere`);
    const { element } = field;
    if (typed.length < Number(element.min_query_length ?? 3))
      throw new Error(`more of ${label} has to be typed`);
    const heard = await sender.send('interactive', {
      ...inTeam,
      ...{ type: 'block_suggestion', user: me, value: typed, is_enterprise_install: false, enterprise: null },
      ...{ action_id: element.action_id, block_id: field.block_id },
      ...{ container: { type: 'view', view_id: open.id }, view: viewOf(team, open) },
    });
    if (!heard.acknowledged) throw new Error('the app gives no options in time');
    const wrong: string[] = [];
    const options = heard.body?.options;
    if (!Array.isArray(options)) throw new Error('the app answers without options');
    if (options.length > 0)
      checkOptions(options, '/options', 100, (where, what) => void wrong.push(`${what} ${where}`));
    if (wrong.length > 0) throw new Error(wrong.join('; '));
    return options as Json[];
  }

  async function choice(open: OpenView, label: string, wanted: string): Promise<Json> {
    const options = await suggested(open, label, wanted);
    const found = options.find(
      ({ text, value }) => value === wanted || (isJson(text) && text.text === wanted),
    );
    if (found === undefined) throw new Error(`${label} does not offer ${wanted}`);
    return found;
  }

  /** Uploads a file, as the client does for a window; its id. */
  function put({ name, bytes }: { name: string; bytes: Uint8Array }): string {
    const id = team.id_('F');
    const stored = { id, name, title: name, length: bytes.length, bytes, completed: true, shares: [] };
    team.files.set(id, { ...stored, user: person.id });
    return id;
  }

  async function press(channel: Channel, message: Message, button: SeenButton): Promise<Heard> {
    const { id, name } = channel;
    return sender.send('interactive', {
      ...inTeam,
      type: 'block_actions',
      user: me,
      container: {
        ...{
          type: 'message',
          message_ts: message.ts,
          channel_id: id,
          is_ephemeral: message.onlyFor !== null,
        },
        ...(message.thread === null ? {} : { thread_ts: message.thread }),
      },
      trigger_id: triggers.give(person.id),
      channel: { id, name },
      message: {
        ...{
          type: 'message',
          ts: message.ts,
          text: message.text,
          blocks: message.blocks,
          user: message.user,
        },
        ...(message.thread === null ? {} : { thread_ts: message.thread }),
      },
      state: { values: {} },
      response_url: urls.give({ user: person.id, channel: id, message }),
      actions: [
        {
          ...{ type: 'button', action_id: button.action, block_id: button.block },
          ...(button.value === '' ? {} : { value: button.value }),
          text: { type: 'plain_text', text: button.label, emoji: true },
          action_ts: team.ts(),
        },
      ],
    });
  }
  return human;
}
