import { App, HTTPReceiver, type Logger, type Receiver, SocketModeReceiver } from '@slack/bolt';

import { type Connection, keepConnected } from './keep-connected.ts';
import { slackPath } from './manifest.ts';
import { NotInSlack, refusedToken } from './not-in-slack.ts';
import { createReplays, isOfNow } from './request-window.ts';

/** How Slack reaches us: by HTTP, or over connections that we open. */
export type Way =
  | { type: 'http'; signingSecret: string; host: string; port: number }
  | { type: 'socket'; appToken: string };

export interface AppOptions {
  way: Way;
  token: string;
  apiUrl: string;
  /** What auth.test said of the token. */
  self: { team: string; botId: string; botUserId: string };
  logger: Logger;
  now(): number;
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
export function openApp({ way, token, apiUrl, self, logger, now }: AppOptions): OpenApp {
  const open = way.type === 'http' ? overHttp(way, logger, now) : overSockets(way, apiUrl, logger);
  const app = new App({
    receiver: open.receivers[0]!,
    token,
    botId: self.botId,
    botUserId: self.botUserId,
    tokenVerificationEnabled: false,
    convoStore: false,
    logger,
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, rejectRateLimitedCalls: true },
  });
  for (const receiver of open.receivers.slice(1)) receiver.init(app);
  app.use(async ({ context, next, ...more }) => {
    if (context.teamId === undefined || context.teamId === self.team) return next();
    // A channel shared with another company, or the app installed elsewhere with this very signing secret: what is kept here is of one workspace.
    if ('ack' in more && typeof more.ack === 'function') await (more.ack as () => Promise<void>)();
    if ('respond' in more && typeof more.respond === 'function')
      await (more.respond as (answer: object) => Promise<unknown>)({ ...elsewhere, replace_original: false });
  });
  const again = createReplays(now);
  app.use(async ({ context, next, ...more }) => {
    if (typeof context.signature !== 'string' || !again(context.signature)) return next();
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

const elsewhere = {
  text: 'I answer the members of one workspace only, and that is another one.',
  response_type: 'ephemeral',
};

interface Doors extends Pick<OpenApp, 'start' | 'stop'> {
  receivers: Receiver[];
}

/** What Bolt lets through, but requests that are dated ahead. */
function overHttp(way: Extract<Way, { type: 'http' }>, logger: Logger, now: () => number): Doors {
  const receiver = new HTTPReceiver({
    signingSecret: way.signingSecret,
    endpoints: [slackPath],
    logger,
    // A window with everything in it has some 50 KB.
    bodyLimit: 1_000_000,
    // Believed by now.
    customPropertiesExtractor: ({ headers }) => ({ signature: headers['x-slack-signature'] }),
  });
  const listener = receiver.requestListener;
  receiver.requestListener = (request, response) => {
    if (isOfNow(request.headers, now())) return listener(request, response);
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
