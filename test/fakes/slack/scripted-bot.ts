import type { Ask } from '../../../bots/presenter/ask.ts';
import type { CardView } from '../../../bots/presenter/card-view.ts';
import type { Choice } from '../../../bots/presenter/choice.ts';
import { chatCommands, messageCommands } from '../../../bots/presenter/commands.ts';
import type { Presenter } from '../../../bots/presenter/presenter.ts';
import type { Reply } from '../../../bots/presenter/reply.ts';
import { rolesOf } from '../../../bots/presenter/roles.ts';
import type { Posted } from '../../../bots/presenter/surface.ts';
import { type SlackBot, startSlackBot } from '../../../bots/slack/bot.ts';
import { openClient } from '../../../bots/slack/clients.ts';
import type { OpenToMany, Where } from '../../../bots/slack/where.ts';
import { whoAmI } from '../../../bots/slack/who-am-i.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import { quietLogger } from './quiet-logger.ts';
import type { FakeSlack } from './slack.ts';

export interface ScriptedBot extends SlackBot {
  /** What was heard, in order. */
  asks: Ask[];
  posted: [number, Posted][];
  /** Cards of which nothing may be drawn. */
  silent: number[];
  /** What went wrong. */
  troubles: string[];
}

/** The bot with a presenter that plays a script. The same id heard twice answers `again`, as the real one does. */
export async function scriptedBot(
  slack: FakeSlack,
  script: (ask: Ask) => Reply | Promise<Reply>,
  options: {
    way?: 'http' | 'socket';
    /** What SET roles.moderator and SET roles.admin said. */
    roles?: { moderator: string; admin: string };
    cards?: CardView[];
    heard?: Set<string>;
    completes?: (verb: string, field: string, typed: string) => Choice[] | Promise<Choice[]>;
    /** Where workspaces install it; one workspace where left out. */
    app?: OpenToMany;
  } = {},
): Promise<ScriptedBot> {
  const asks: Ask[] = [];
  const posted: [number, Posted][] = [];
  const silent: number[] = [];
  const troubles: string[] = [];
  const roles = options.roles ?? { moderator: 'none', admin: 'none' };
  const settings = new Map(Object.entries(roles).map(([name, value]) => [`roles.${name}`, { value }]));
  const heard = options.heard ?? new Set<string>();
  const presenter: Presenter = {
    async hear(ask) {
      if (heard.has(ask.id)) return { type: 'again' };
      heard.add(ask.id);
      asks.push(ask);
      return script(ask);
    },
    complete: async (verb, field, typed) => (await options.completes?.(verb, field, typed)) ?? [],
    async posted(card, where) {
      posted.push([card, where]);
    },
    silent: async (card) => void silent.push(card),
    view: async () => null,
    keep: async () => {},
    cardsOf: async () => options.cards ?? [],
    asker: async (chat, of, user, standing) => ({
      ...{ workspace: `${chat}:${of}`, user: `${chat}:${user}`, importRoot: null, exportRoot: '/exports' },
      roles: rolesOf(standing, settings),
    }),
    roleGroups: async () => Object.values(roles).filter((id) => id !== 'none'),
  };
  const bot = await startSlackBot({
    way:
      options.way === 'socket'
        ? { type: 'socket', appToken: slack.team.tokens.app }
        : { type: 'http', signingSecret: slack.team.tokens.secret, host: '127.0.0.1', port: 0 },
    where: options.app === undefined ? await oneTeam(slack) : { type: 'many', app: options.app },
    apiUrl: slack.apiUrl,
    presenter,
    commands: chatCommands(catalogue),
    messageCommands,
    logger: quietLogger,
    now: Date.now,
    trouble: (message, cause) => void troubles.push(`${message}: ${cause}`),
  });
  slack.sender.address = bot.address;
  return { ...bot, asks, posted, silent, troubles };
}

/** The app in the one workspace of its token. */
export async function oneTeam({ team, apiUrl }: FakeSlack): Promise<Where> {
  const token = team.tokens.bot;
  return { type: 'one', token, self: await whoAmI(openClient(token, apiUrl, quietLogger)) };
}
