import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createFaults, type Faults } from './faults.ts';
import type { Json } from './json.ts';
import { createRate } from './rate.ts';
import { createSender, type Sender } from './sender.ts';
import { createSockets, type Sockets } from './sockets.ts';
import { createApp, createIds, createTeam, type SlackApp } from './team.ts';
import { createTriggers } from './triggers.ts';
import { answerCall, bodyOf, type Call, everyScope, type WebApi } from './web-api.ts';
import { createWorkspace, type Workspace } from './workspace.ts';

/** A Slack on loopback with one workspace and more where asked for: the Web API, the addresses of files and answers, Socket Mode, and people. It refuses
 * what the real one refuses. */
export interface FakeSlack extends Workspace, AsyncDisposable {
  app: SlackApp;
  /** Another workspace, which has not installed the app. */
  workspace(domain: string): Workspace;
  /** `http://127.0.0.1:1234/api/`. */
  apiUrl: string;
  /** What was called, in order. */
  calls: Call[];
  faults: Faults;
  sender: Sender;
  sockets: Sockets;
  /** Moves the clock on. */
  later(milliseconds: number): void;
  /** How long after completing a file its share is seen, milliseconds. */
  shareDelay: number;
  /** How many bytes of an upload came in chunks, at most at once. */
  uploads: { bytes: number; largestChunk: number }[];
}

export async function fakeSlack(
  options: {
    scopes?: readonly string[];
    limits?: boolean;
    uploads?: 'kept' | 'counted';
    /** How much faster its clock goes. */
    speed?: number;
  } = {},
): Promise<FakeSlack> {
  let moved = 0;
  const begun = Date.now();
  const now = () => begun + (Date.now() - begun) * (options.speed ?? 1) + moved;
  const ids = createIds();
  const app = createApp(ids);
  const team = createTeam('harbour', app, ids, now);
  for (const scope of options.scopes ?? everyScope) team.scopes.add(scope);
  const triggers = createTriggers(now);
  const sockets = createSockets(team);
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  server.on('upgrade', (request, socket, head) => sockets.upgrade(request, socket, head));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const sender = createSender(team, sockets);
  const faults = createFaults();
  const workspaces = [createWorkspace(team, { triggers, sender, url })];
  const teams = [team];
  const api: WebApi = {
    shop: { team, triggers, url, shareDelay: () => slack.shareDelay },
    ...{ teams, faults },
    rate: options.limits ? createRate(now) : null,
    calls: [],
  };
  const slack: FakeSlack = {
    ...workspaces[0]!,
    ...{ app, faults, sender, sockets, calls: api.calls, shareDelay: 0, uploads: [] },
    apiUrl: `${url()}/api/`,
    workspace(domain) {
      const more = createTeam(domain, app, ids, now);
      more.dead.set(more.tokens.bot, 'invalid_auth');
      teams.push(more);
      workspaces.push(createWorkspace(more, { triggers, sender, url }));
      return workspaces.at(-1)!;
    },
    later(milliseconds) {
      moved += milliseconds;
    },
    async [Symbol.asyncDispose]() {
      sockets.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, first = '', second = '', third = ''] = new URL(request.url ?? '/', url()).pathname.split('/');
    if (first === 'api' && request.method === 'POST') return answerCall(api, second, request, response);
    if (first === 'upload') return takeUpload(third, request, response);
    if (first === 'files-pri') return giveFile(second, request, response);
    if (first === 'response') {
      const said = JSON.parse((await bodyOf(request)).toString()) as Json;
      const { urls } = workspaces.find((each) => each.urls.gave(second)) ?? workspaces[0]!;
      const { status, body } = urls.answer(second, said);
      return void response.writeHead(status).end(body);
    }
    response.writeHead(404).end();
  }

  async function takeUpload(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = faults.take('upload');
    if (fault?.type === 'down') return void response.writeHead(fault.status).end();
    const file = teams.find(({ files }) => files.has(id))?.files.get(id);
    const chunks: Uint8Array[] = [];
    const count = { bytes: 0, largestChunk: 0 };
    for await (const chunk of request as AsyncIterable<Buffer>) {
      count.bytes += chunk.length;
      count.largestChunk = Math.max(count.largestChunk, chunk.length);
      if (options.uploads !== 'counted') chunks.push(chunk);
    }
    slack.uploads.push(count);
    if (fault?.type === 'lost') return void request.socket.destroy();
    if (file === undefined || file.completed) return void response.writeHead(404).end();
    if (count.bytes !== file.length) return void response.writeHead(400).end('length does not match');
    file.bytes = Buffer.concat(chunks);
    response.writeHead(200).end(`OK - ${file.length}`);
  }

  /** Private files are given to bearers of the token, and to others as a page to sign in. */
  function giveFile(id: string, request: IncomingMessage, response: ServerResponse): void {
    const owner = teams.find(({ files }) => files.has(id)) ?? team;
    const file = owner.files.get(id);
    if (request.headers.authorization !== `Bearer ${owner.tokens.bot}` || !owner.scopes.has('files:read'))
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>');
    if (!file?.bytes) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-length': file.length }).end(file.bytes);
  }
  return slack;
}
