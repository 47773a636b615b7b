import { App, type Context, HTTPReceiver, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';

import { isOpenTo } from '../presenter/open-to.ts';
import { guarded } from './install-page.ts';
import { installing } from './installing.ts';
import { type Connection, keepConnected } from './keep-connected.ts';
import { slackPath } from './manifest.ts';
import { NotInSlack, refusedToken } from './not-in-slack.ts';
import { createReplays, isOfNow } from './request-window.ts';
import { goodbyes } from './scopes.ts';
import type { Where } from './where.ts';
import type { Self } from './who-am-i.ts';

/** How Slack reaches us: by HTTP, or over connections that we open. */
export type Way =
  | { type: 'http'; signingSecret: string; host: string; port: number }
  | { type: 'socket'; appToken: string };

export interface AppOptions {
  way: Way;
  where: Where;
  apiUrl: string;
  logger: Logger;
  now(): number;
  /** Told which workspace has installed the app. */
  installed(team: string): void;
}

/** Bolt, and the ways in that feed it. */
export interface OpenApp {
  app: App;
  /** Resolves once Slack can reach us; gives the address of the HTTP server. */
  start(): Promise<string | null>;
  /** Takes nothing more in; safe to say twice. */
  stop(): Promise<void>;
}

/** Builds Bolt's app. Nothing is asked of Slack here: who we are is known, so that a start in bad weather leaves no app that refuses everything. */
export function openApp(options: AppOptions): OpenApp {
  const { way, where, apiUrl, logger, now } = options;
  const open = way.type === 'http' ? overHttp(way, options) : overSockets(way, apiUrl, logger);
  const app = new App({
    receiver: open.receivers[0]!,
    ...(where.type === 'one' && { token: where.token, ...idsOf(where.self) }),
    tokenVerificationEnabled: false,
    convoStore: false,
    logger,
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  for (const receiver of open.receivers.slice(1)) receiver.init(app);
  app.use(async ({ context, next, ...more }) => {
    if (isHere(context, where, more.payload)) return next();
    // A channel shared with another company, or the app installed elsewhere with this very signing secret: what is kept here is not theirs.
    if ('ack' in more && typeof more.ack === 'function') await (more.ack as () => Promise<void>)();
    if ('respond' in more && typeof more.respond === 'function')
      await (more.respond as (answer: object) => Promise<unknown>)({
        text: whyNot(context, where),
        response_type: 'ephemeral',
        replace_original: false,
      });
  });
  const again = createReplays(now);
  app.use(async ({ context, next, ...more }) => {
    // The same may be typed twice within a second, and is asked in the same words; it changes nothing.
    const asks = (more.body as { type?: unknown }).type === 'block_suggestion';
    if (asks || typeof context.signature !== 'string' || !again(context.signature)) return next();
    // What was sent before has been answered; this says so and no more.
    if ('ack' in more && typeof more.ack === 'function') await (more.ack as () => Promise<void>)();
  });
  let stopped: Promise<void> | null = null;
  return {
    app,
    start: open.start,
    stop() {
      stopped ??= open.stop();
      return stopped;
    },
  };
}

const elsewhere = 'I answer the members of one workspace only, and that is another one.';
const notInstalled = 'I am not installed in your workspace: ask whoever looks after its apps.';
const notOpen =
  'I am not open to your workspace. Whoever runs me has named those that I am for; they can add yours.';

function whyNot({ teamId }: Context, where: Where): string {
  if (where.type === 'one') return elsewhere;
  return isOpenTo(where.app.openTo, teamId ?? '') ? notInstalled : notOpen;
}

function idsOf({ botId, botUserId }: Self): { botId: string; botUserId: string } {
  return { botId, botUserId };
}

/** Whether something was said where the bot is. That it was taken out of a workspace, it is told without a token. */
function isHere(context: Context, where: Where, payload: unknown): boolean {
  if (where.type === 'one') return context.teamId === undefined || context.teamId === where.self.team;
  const { type } = payload as { type?: unknown };
  if (goodbyes.includes(String(type))) return true;
  return context.botToken !== undefined && isOpenTo(where.app.openTo, context.teamId ?? '');
}

interface Doors extends Pick<OpenApp, 'start' | 'stop'> {
  receivers: Receiver[];
}

/** What Bolt lets through, but requests that are dated ahead. */
function overHttp(
  way: Extract<Way, { type: 'http' }>,
  { where, apiUrl, logger, now, installed }: AppOptions,
): Doors {
  const receiver = new HTTPReceiver({
    signingSecret: way.signingSecret,
    endpoints: [slackPath],
    logger,
    // A window with everything in it has some 50 KB.
    bodyLimit: 1_000_000,
    // Believed by now.
    customPropertiesExtractor: ({ headers }) => ({ signature: headers['x-slack-signature'] }),
    ...(where.type === 'many' && installing({ ...where.app, apiUrl, installed })),
  });
  const listener = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (isOfNow(request.headers, now())) return listener(request, guarded(response));
    response.writeHead(401).end();
  };
  return {
    receivers: [receiver],
    start: async () => addressOf(await receiver.start({ host: way.host, port: way.port }).catch(taken(way))),
    stop: () => receiver.stop(),
  };
}

/** Two connections: Slack sends each event to one of them, and one that is lost takes a moment to come back. */
function overSockets(way: Extract<Way, { type: 'socket' }>, slackApiUrl: string, logger: Logger): Doors {
  const receivers = [1, 2].map(
    () =>
      new SocketModeReceiver({
        appToken: way.appToken,
        logger,
        autoReconnectEnabled: false,
        installerOptions: { clientOptions: { slackApiUrl, retryConfig: { retries: 0 }, timeout: 15_000 } },
      }),
  );
  const open: Connection[] = [];
  return {
    receivers,
    async start() {
      open.push(...receivers.map((receiver) => keepConnected(receiver.client, logger)));
      await Promise.all(open.map((connection) => connection.opened)).catch((error: unknown) => {
        throw refusedToken(error, 'SLACK_APP_TOKEN') ?? error;
      });
      return null;
    },
    async stop() {
      await Promise.all(open.map((connection) => connection.close()));
    },
  };
}

/** Says where nobody can listen, and what to do about it. */
function taken({ host, port }: { host: string; port: number }): (error: unknown) => never {
  return (error) => {
    const { code } = error as NodeJS.ErrnoException;
    const why = {
      EADDRINUSE: 'is in use',
      EADDRNOTAVAIL: 'is no address of this machine',
      EACCES: 'is not ours to take',
    };
    const words = why[code as keyof typeof why];
    if (words === undefined) throw error;
    throw new NotInSlack(`${host}:${port} ${words}`, 'SLACK_LISTEN=127.0.0.1:3001 names another', error);
  };
}

function addressOf(server: { address(): unknown }): string | null {
  const address = server.address();
  if (typeof address !== 'object' || address === null) return null;
  const { address: host, port } = address as { address: string; port: number };
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}${slackPath}`;
}
