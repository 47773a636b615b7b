import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Fault, Faults } from './faults.ts';
import { isJson, type Json, textOf } from './json.ts';
import type { Method, Shop } from './method.ts';
import { chat } from './methods/chat.ts';
import { files } from './methods/files.ts';
import { oauth } from './methods/oauth.ts';
import { reading } from './methods/reading.ts';
import { views } from './methods/views.ts';
import type { Rate } from './rate.ts';
import { Refusal } from './refusal.ts';
import type { Team } from './team.ts';

const methods: Readonly<Record<string, Method>> = { ...chat, ...files, ...views, ...reading, ...oauth };

/** Every scope that a method here asks for. */
export const everyScope: readonly string[] = [
  ...new Set(Object.values(methods).flatMap((method) => method.scopes)),
].filter((scope) => scope !== 'connections:write');

export interface Call {
  method: string;
  args: Json;
  answer: Json | null;
  /** Whose token it was called with; null for none. */
  team: string | null;
}

export interface WebApi {
  shop: Shop;
  /** All workspaces: which of them is meant, the token says. */
  teams: readonly Team[];
  faults: Faults;
  /** Null for no limits, so that tests need not wait. */
  rate: Rate | null;
  calls: Call[];
}

/** Answers one call of the Web API. */
export async function answerCall(
  api: WebApi,
  name: string,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const args = argumentsOf(request, await bodyOf(request));
  const fault = api.faults.take(name);
  if (fault !== null && (await meet(fault, response, request))) return;
  const token = (request.headers.authorization ?? textOf(args.token)).replace(/^Bearer /, '');
  const team = teamOf(api, token);
  const call: Call = { method: name, args, answer: null, team: team?.id ?? null };
  api.calls.push(call);
  const method = methods[name];
  const shop = { ...api.shop, team: team ?? api.shop.team };
  const after = limited(api, name, method, args, shop.team);
  if (after !== null) return tooMany(response, after);
  call.answer = run(shop, method, args, token);
  if (fault?.type === 'lost') return void request.socket.destroy();
  if (fault?.type === 'held') return;
  const scopes = [...shop.team.scopes].join(',');
  response.writeHead(200, { 'content-type': 'application/json', 'x-oauth-scopes': scopes });
  response.end(JSON.stringify(call.answer));
}

/** Whose token it is, or was. */
function teamOf({ teams }: WebApi, token: string): Team | null {
  return (
    teams.find(({ tokens, dead }) => [tokens.bot, tokens.app].includes(token) || dead.has(token)) ?? null
  );
}

/** Counted for each method and workspace, posts for each channel. */
function limited(
  { rate }: WebApi,
  name: string,
  method: Method | undefined,
  args: Json,
  team: Team,
): number | null {
  if (rate === null || method === undefined) return null;
  const key = `${team.id} ${name}`;
  const { perChannel } = method;
  const here =
    perChannel === undefined
      ? null
      : rate.take(`${key} ${args.channel}`, perChannel.most, perChannel.seconds);
  if (here !== null) return here;
  return rate.take(key, method.perMinute);
}

/** True where the fault is all that the caller gets. */
async function meet(fault: Fault, response: ServerResponse, request: IncomingMessage): Promise<boolean> {
  if (fault.type === 'late') await new Promise((resolve) => setTimeout(resolve, fault.milliseconds));
  if (fault.type === 'limited') tooMany(response, fault.seconds);
  if (fault.type === 'down') response.writeHead(fault.status).end('upstream connect error');
  if (fault.type === 'refused') {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ ok: false, error: fault.error }));
  }
  return !request.socket.destroyed && !['lost', 'late', 'held'].includes(fault.type);
}

function tooMany(response: ServerResponse, seconds: number): void {
  response.writeHead(429, { 'retry-after': String(seconds), 'content-type': 'application/json' });
  response.end(JSON.stringify({ ok: false, error: 'ratelimited' }));
}

function run(shop: Shop, method: Method | undefined, args: Json, token: string): Json {
  try {
    if (method === undefined) throw new Refusal('unknown_method');
    allow(shop, method, token);
    for (const name of method.required) {
      if (args[name] === undefined || args[name] === '')
        throw new Refusal(name === 'channel' ? 'channel_not_found' : 'invalid_arguments', {
          response_metadata: { messages: [`[ERROR] missing required field: ${name}`] },
        });
    }
    return { ok: true, ...method.run(shop, args) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { ok: false, error: error.code, ...error.more };
  }
}

function allow({ team }: Shop, method: Method, token: string): void {
  if (method.token === 'none') return;
  if (token === '') throw new Refusal('not_authed');
  const dead = team.dead.get(token);
  if (dead !== undefined) throw new Refusal(dead);
  if (token !== team.tokens.bot && token !== team.tokens.app) throw new Refusal('invalid_auth');
  if (token !== team.tokens[method.token]) throw new Refusal('not_allowed_token_type');
  if (method.token === 'app') return;
  if (method.scopes.length > 0 && !method.scopes.some((scope) => team.scopes.has(scope)))
    throw new Refusal('missing_scope', {
      needed: method.scopes[0],
      provided: [...team.scopes].join(','),
    });
}

export async function bodyOf(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** JSON, or a form whose lists and objects are JSON. */
function argumentsOf(request: IncomingMessage, body: Buffer): Json {
  const type = request.headers['content-type'] ?? '';
  if (type.startsWith('application/json')) return JSON.parse(body.toString() || '{}') as Json;
  const args: Json = {};
  for (const [name, value] of new URLSearchParams(body.toString())) args[name] = parsed(name, value);
  return args;
}

const structured = ['blocks', 'attachments', 'metadata', 'view', 'files'];

function parsed(name: string, value: string): unknown {
  if (!structured.includes(name)) return value;
  try {
    const read: unknown = JSON.parse(value);
    return Array.isArray(read) || isJson(read) ? read : value;
  } catch {
    return value;
  }
}
