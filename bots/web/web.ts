import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { createAdaptorServer, type HttpBindings } from '@hono/node-server';
import { type Context, Hono } from 'hono';
import { html } from 'hono/html';
import type { ArtifactStore } from '../../engine/artifacts/port.ts';
import { forgetEvidenceLinks } from '../../engine/consent/public/evidence-link.ts';
import { forgetLinks } from '../../engine/delivery/links.ts';
import { Failure } from '../../engine/failure.ts';
import type { Log } from '../../engine/log.ts';
import type { Leave } from '../../engine/provenance/leave.ts';
import type { Store } from '../../engine/store/port.ts';
import { openLooking } from './looking.ts';
import { manners } from './manners.ts';
import { page, style } from './page.ts';
import { addEvidencePages } from './pages/evidence.ts';
import { addFilms } from './pages/films.ts';
import { addRequests } from './pages/requests.ts';
import { addSay } from './pages/say.ts';
import { type Allowance, openAllowance, visitorOf } from './visitors.ts';

/** What pages are made from. */
export interface WebParts {
  store: Store;
  artifacts: ArtifactStore;
  log: Log;
  /** What leaves instead of bytes of the store; these themselves where it is left out. */
  leave: Leave | undefined;
  /** A folder for what is on its way. */
  scratch: string;
  /** Who asks, to be counted by. */
  visitor(context: Context): string;
  /** Of addresses that lead nowhere: so many are guesses. */
  guesses: Allowance;
  /** Of forms that are sent. */
  forms: Allowance;
  /** Whose moderators answer what people ask here. */
  workspace: string;
  /** How these pages are reached; null where it is not set. */
  publicUrl: string | null;
  now(): Date;
  /** Begins to look for what names those whose consent ended, without waiting for it. */
  optedOut(): void;
}

export interface WebOptions {
  store: Store;
  artifacts: ArtifactStore;
  log: Log;
  leave?: Leave;
  scratch?: string;
  /** Where it listens; port 0 lets the system choose. */
  address: { host: string; port: number };
  now?: () => number;
  /** Requests a visitor may make in a minute, and addresses that lead nowhere. */
  perMinute?: { requests: number; guesses: number };
  /** Forms that a visitor may send in an hour. */
  formsPerHour?: number;
  /** Milliseconds that films on their way are given when it closes. */
  grace?: number;
  /** Whose moderators answer what people ask here; those of the terminal where it is left out. */
  workspace?: string;
  publicUrl?: string | null;
  /** Looks for what names those whose consent ended; workers do so, too, a little later. */
  revoke?: (signal: AbortSignal) => Promise<unknown>;
}

export interface Web extends AsyncDisposable {
  address: { host: string; port: number };
  /** Breaks off what is still on its way. */
  hurry(): void;
}

/** Serves the pages that people outside the chats may see, until disposed of. Throws a Failure PQL609 when the address cannot be had. */
export async function openWeb(options: WebOptions): Promise<Web> {
  const { store, address, grace = 10_000 } = options;
  const looking = openLooking(options);
  const app = createApp(options, looking.begin);
  const server = createAdaptorServer({
    fetch: app.fetch,
    serverOptions: {
      maxHeaderSize: 16_384,
      headersTimeout: 10_000,
      // Evidence of 10 MB over a slow line.
      requestTimeout: 300_000,
      connectionsCheckingInterval: 1000,
      keepAliveTimeout: 5000,
    },
  }) as Server;
  server.maxConnections = 512;
  // Of a player that was paused: it asks again.
  server.setTimeout(120_000, (socket) => socket.destroy());
  server.on('clientError', (_, socket) => socket.destroy());
  await listen(server, address);
  const tidy = setInterval(() => void forget(store).catch(() => {}), 3_600_000);
  const { port } = server.address() as AddressInfo;
  return {
    address: { host: address.host, port },
    hurry: () => server.closeAllConnections(),
    async [Symbol.asyncDispose]() {
      clearInterval(tidy);
      const closed = new Promise((resolve) => server.close(resolve));
      // A connection is idle only once its film has been read.
      const idle = setInterval(() => server.closeIdleConnections(), 50);
      const late = setTimeout(() => server.closeAllConnections(), grace);
      await closed;
      clearInterval(idle);
      clearTimeout(late);
      await looking.end();
    },
  };
}

/** Everything that is over. */
async function forget(store: Store): Promise<void> {
  await forgetLinks(store);
  await forgetEvidenceLinks(store);
}

/** The routes. A page is a file in pages/ and a line here. */
function createApp(options: WebOptions, optedOut: () => void): Hono<{ Bindings: HttpBindings }> {
  const { store, artifacts, log, leave, scratch = tmpdir(), now = Date.now } = options;
  const { perMinute = { requests: 600, guesses: 30 } } = options;
  const requests = openAllowance(perMinute.requests, now);
  const visitor = (context: Context) => visitorOf((context.env as HttpBindings).incoming);
  const parts: WebParts = {
    store,
    artifacts,
    log,
    leave,
    scratch,
    visitor,
    guesses: openAllowance(perMinute.guesses, now),
    forms: openAllowance(options.formsPerHour ?? 20, now, 3_600_000),
    workspace: options.workspace ?? 'local',
    publicUrl: options.publicUrl ?? null,
    now: () => new Date(now()),
    optedOut,
  };
  const app = new Hono<{ Bindings: HttpBindings }>();
  app.use(manners);
  app.get('/healthz', (context) => context.text('ok\n'));
  app.use(async (context, next) => {
    const wait = requests.take(visitor(context));
    if (wait === 0) return next();
    return context.text('too many requests\n', 429, { 'retry-after': String(wait) });
  });
  app.get('/style.css', (context) =>
    context.body(style, 200, {
      'content-type': 'text/css; charset=utf-8',
      'cache-control': 'public, max-age=3600',
    }),
  );
  app.get('/favicon.ico', (context) => context.body(null, 204));
  app.get('/robots.txt', (context) => context.text('User-agent: *\nDisallow: /\n'));
  addFilms(app as unknown as Hono, parts);
  addSay(app as unknown as Hono, parts);
  addRequests(app as unknown as Hono, parts);
  addEvidencePages(app as unknown as Hono, parts);
  app.notFound((context) => context.html(page('Nothing here', html`<h1>Nothing here</h1>`), 404));
  app.onError((error, context) => {
    // Without the address, which may be somebody's key.
    const detail = { method: context.req.method, route: context.req.path.split('/', 2).join('/') };
    log.write('error', 'a page could not be made', detail, error);
    const away = error instanceof Failure && error.kind === 'transient';
    return context.text(
      away ? 'not at the moment; try again soon\n' : 'something went wrong\n',
      away ? 503 : 500,
    );
  });
  return app;
}

function listen(server: Server, { host, port }: { host: string; port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.code === 'EADDRINUSE' ? 'another process has it' : (error.code ?? error.message);
      reject(
        new Failure('user', 'PQL609', `pages cannot be shown at ${host}:${port}: ${why}`, {
          hint: 'choose another host:port in PQL_WEB',
          cause: error,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
}
