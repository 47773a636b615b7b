import { catalogue } from '../../../dsl/catalogue.ts';
import type { Config } from '../../../engine/config.ts';
import { type Installations, openInstallations } from '../../../engine/installations/installations.ts';
import { keyFor } from '../../../engine/installations/sealed.ts';
import { slackSecret } from '../../../engine/installations/secret.ts';
import { openTogether } from '../../../engine/opened.ts';
import type { Queries } from '../../../engine/store/port.ts';
import { chatCommands, messageCommands } from '../../presenter/commands.ts';
import { isOpenTo } from '../../presenter/open-to.ts';
import type { Way } from '../../slack/app.ts';
import { boltLogger } from '../../slack/bolt-logger.ts';
import { startSlackBot } from '../../slack/bot.ts';
import { installPath } from '../../slack/manifest.ts';
import { NotInSlack } from '../../slack/not-in-slack.ts';
import type { OpenToMany, Where } from '../../slack/where.ts';
import { whoAmIAtLast } from '../../slack/who-am-i.ts';
import { openChat } from './chat.ts';
import type { Environment } from './models.ts';

/** A bot that is in Slack. */
export interface RunningBot extends AsyncDisposable {
  in: InOne | InMany;
  /** Where Slack's requests come in; null for Socket Mode. */
  address: string | null;
  pages: { host: string; port: number } | null;
  /** Takes nothing more in, and lets what was taken in be answered. */
  stop(grace: number): Promise<void>;
}

/** `harbour`, `slack:T1`. */
export interface InOne {
  team: string;
  workspace: string;
}

/** How many workspaces have the app now, and where others install it. */
export interface InMany {
  workspaces: number;
  install: string;
}

/** Whose bot it is: of one workspace, by its token, or of an app that many install. */
export type Whose =
  | { type: 'one'; token: string }
  | ({ type: 'many' } & Pick<OpenToMany, 'clientId' | 'clientSecret' | 'publicUrl'>);

/** Least milliseconds between two edits of one card: Slack counts edits for the whole workspace, about fifty a minute. */
const every = (living: number) => Math.max(3000, living * 1500);

/** A minute's films or less come without a word. */
const inLine = 10;

/** Opens the home or the server's database, and comes into Slack. */
export async function openSlack(
  config: Config,
  environment: Environment,
  way: Way,
  whose: Whose,
  options: { work: boolean; signal: AbortSignal; trouble(message: string): void },
): Promise<RunningBot> {
  const { apiUrl } = config.slack;
  // Before anything heavy: a wrong token is the commonest trouble.
  const one = whose.type === 'one' ? await oneWorkspace(whose.token, config.slack, options) : null;
  return openTogether(async (opened) => {
    const chat = opened.add(await openChat(config, environment, options));
    const { presenter, log, pages } = chat;
    const where =
      one ?? (await manyWorkspaces(whose as Extract<Whose, { type: 'many' }>, config, chat.parts.store));
    const bot = await startSlackBot({
      ...{ way, where, apiUrl, presenter, messageCommands, logger: boltLogger(log) },
      commands: chatCommands(catalogue),
      now: Date.now,
      trouble(message, cause) {
        log.write('error', message, {}, cause);
        options.trouble(message);
      },
      signal: options.signal,
    });
    opened.add({ [Symbol.asyncDispose]: () => bot.stop(0) });
    opened.add(chat.serve(bot.surfaces, { every, inLine }));
    return {
      in: await whereItIs(where, options.trouble),
      ...{ address: bot.address, pages },
      stop: (grace) => bot.stop(grace),
      [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose](),
    };
  });
}

async function oneWorkspace(
  token: string,
  { apiUrl, workspaces }: Config['slack'],
  { trouble, signal }: { trouble(message: string): void; signal: AbortSignal },
): Promise<Where> {
  const self = await whoAmIAtLast({ botToken: token, apiUrl }, trouble, signal);
  if (!isOpenTo(workspaces, self.team))
    throw new NotInSlack(
      `SLACK_BOT_TOKEN is of ${self.teamName} (${self.team}), which SLACK_WORKSPACES does not name`,
      'name it there, or unset SLACK_WORKSPACES',
      null,
    );
  return { type: 'one', token, self };
}

/** One secret seals the tokens and, by another key made of it, signs what browsers bring back. */
async function manyWorkspaces(
  { clientId, clientSecret, publicUrl }: Extract<Whose, { type: 'many' }>,
  { home, slack }: Config,
  store: Queries,
): Promise<Where> {
  const secret = await slackSecret(home, slack.sealing);
  const stateSecret = Buffer.from(keyFor(secret, 'slack state')).toString('base64');
  const installations = openInstallations(store, secret);
  const openTo = slack.workspaces;
  return { type: 'many', app: { clientId, clientSecret, publicUrl, stateSecret, installations, openTo } };
}

async function whereItIs(where: Where, trouble: (message: string) => void): Promise<InOne | InMany> {
  if (where.type === 'one') return { team: where.self.teamName, workspace: `slack:${where.self.team}` };
  const { publicUrl, installations } = where.app;
  return { workspaces: await readable(installations, trouble), install: `${publicUrl}${installPath}` };
}

/** How many can be served. Of those that cannot, whoever runs the bot learns. */
async function readable(installations: Installations, trouble: (message: string) => void): Promise<number> {
  const all = await installations.all();
  const shut = all.filter(({ token }) => token === null);
  if (shut.length > 0)
    trouble(
      `the token of ${shut.map(({ name }) => name).join(', ')} was sealed with another PQL_SLACK_SECRET; set that one, or install the app anew`,
    );
  return all.length - shut.length;
}
