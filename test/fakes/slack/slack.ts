import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

import { createFaults, type Faults } from './faults.ts';
import type { Json } from './json.ts';
import { createHuman, type Human } from './person.ts';
import { createRate } from './rate.ts';
import { createResponseUrls } from './response-urls.ts';
import { createSender, type Sender } from './sender.ts';
import { createSockets, type Sockets } from './sockets.ts';
import { type Channel, createTeam, directChannel, type Team } from './team.ts';
import { createTriggers } from './triggers.ts';
import { answerCall, bodyOf, type Call, everyScope, type WebApi } from './web-api.ts';

/** A Slack of one workspace on loopback: the Web API, the addresses of files and answers, Socket Mode, and people. It refuses what the real
 * one refuses. */
export interface FakeSlack extends AsyncDisposable {
  team: Team;
  /** `http://127.0.0.1:1234/api/`. */
  apiUrl: string;
  /** What was called, in order. */
  calls: Call[];
  faults: Faults;
  sender: Sender;
  sockets: Sockets;
  /** A person who joins the workspace. */
  person(name: string, options?: { admin?: boolean }): Human;
  /** A channel with everybody in it; the app is a member unless told otherwise. */
  channel(name: string, options?: { kind?: 'public' | 'private'; withoutApp?: boolean }): Channel;
  direct(human: Human): Channel;
  group(handle: string, members: readonly Human[]): string;
  /** Moves the clock on. */
  later(milliseconds: number): void;
  /** How long after completing a file its share is seen, milliseconds. */
  shareDelay: number;
  /** How many bytes of an upload came in chunks, at most at once. */
  uploads: { bytes: number; largestChunk: number }[];
}

export async function fakeSlack(
  options: { scopes?: readonly string[]; limits?: boolean; uploads?: 'kept' | 'counted' } = {},
): Promise<FakeSlack> {
  let moved = 0;
  const now = () => Date.now() + moved;
  const team = createTeam(now);
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
  const urls = createResponseUrls(team, url);
  const sender = createSender(team, sockets);
  const faults = createFaults();
  const api: WebApi = {
    shop: { team, triggers, url, shareDelay: () => slack.shareDelay },
    faults,
    rate: options.limits ? createRate(now) : null,
    calls: [],
  };
  const slack: FakeSlack = {
    ...{ team, faults, sender, sockets, calls: api.calls, shareDelay: 0, uploads: [] },
    apiUrl: `${url()}/api/`,
    person(name, { admin = false } = {}) {
      const person = { id: team.id_('U'), name, admin };
      team.people.set(person.id, person);
      for (const channel of team.channels.values()) if (channel.kind !== 'im') channel.members.add(person.id);
      return createHuman(person, { team, triggers, urls, sender, url });
    },
    channel(name, { kind = 'public', withoutApp = false } = {}) {
      const members = new Set([...team.people.keys(), ...(withoutApp ? [] : [team.bot.user])]);
      const channel = { id: team.id_('C'), name, kind, members, archived: false, restricted: false };
      team.channels.set(channel.id, channel);
      return channel;
    },
    direct: (human) => directChannel(team, human.id),
    group(handle, members) {
      const id = team.id_('S');
      team.groups.set(id, { id, handle, members: new Set(members.map((member) => member.id)) });
      return id;
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
      const { status, body } = urls.answer(second, JSON.parse((await bodyOf(request)).toString()) as Json);
      return void response.writeHead(status).end(body);
    }
    response.writeHead(404).end();
  }

  async function takeUpload(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const fault = faults.take('upload');
    if (fault?.type === 'down') return void response.writeHead(fault.status).end();
    const file = team.files.get(id);
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
    const file = team.files.get(id);
    if (request.headers.authorization !== `Bearer ${team.tokens.bot}` || !team.scopes.has('files:read'))
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>sign in</html>');
    if (!file?.bytes) return void response.writeHead(404).end();
    response.writeHead(200, { 'content-length': file.length }).end(file.bytes);
  }
  return slack;
}
