import { createHmac } from 'node:crypto';

import { isJson, type Json } from './json.ts';
import type { Sockets } from './sockets.ts';
import type { Team } from './team.ts';

export type Kind = 'slash_commands' | 'interactive' | 'events_api';

/** How the app answered one interaction. */
export interface Heard {
  /** Within three seconds, with status 200. */
  acknowledged: boolean;
  /** 0 where there was none. */
  status: number;
  body: Json | null;
  /** How long it took, milliseconds. */
  took: number;
}

/** A request as it was sent, to be sent again to the letter. */
export interface SentRequest {
  headers: Record<string, string>;
  body: string;
}

export interface SendOptions {
  /** How far the time stamp is off, seconds. */
  skew?: number;
  /** Another signing secret. */
  secret?: string;
  /** `x-slack-retry-num`. */
  retry?: number;
}

export interface Sender {
  /** Where the app listens; null for Socket Mode. */
  address: string | null;
  /** What was sent by HTTP, oldest first. */
  sent: SentRequest[];
  send(kind: Kind, payload: Json, options?: SendOptions): Promise<Heard>;
  replay(request: SentRequest): Promise<Heard>;
}

export function createSender(team: Team, sockets: Sockets): Sender {
  const sender: Sender = {
    address: null,
    sent: [],
    async send(kind, payload, options = {}) {
      if (sender.address === null) return sockets.send(kind, payload);
      const request = signed(team, kind, payload, options);
      sender.sent.push(request);
      return post(sender.address, request);
    },
    replay: (request) => post(sender.address!, request),
  };
  return sender;
}

/** https://docs.slack.dev/authentication/verifying-requests-from-slack. */
function signed(team: Team, kind: Kind, payload: Json, options: SendOptions): SentRequest {
  const body =
    kind === 'slash_commands'
      ? new URLSearchParams(payload as Record<string, string>).toString()
      : kind === 'interactive'
        ? new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
        : JSON.stringify(payload);
  const time = String(Math.floor(team.now() / 1000) + (options.skew ?? 0));
  const hash = createHmac('sha256', options.secret ?? team.tokens.secret).update(`v0:${time}:${body}`);
  return {
    headers: {
      'content-type': kind === 'events_api' ? 'application/json' : 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': time,
      'x-slack-signature': `v0=${hash.digest('hex')}`,
      ...(options.retry === undefined
        ? {}
        : { 'x-slack-retry-num': String(options.retry), 'x-slack-retry-reason': 'http_timeout' }),
    },
    body,
  };
}

async function post(address: string, { headers, body }: SentRequest): Promise<Heard> {
  const begun = performance.now();
  try {
    const response = await fetch(address, {
      method: 'POST',
      headers,
      body,
      signal: AbortSignal.timeout(3000),
    });
    const text = await response.text();
    const took = performance.now() - begun;
    return { acknowledged: response.status === 200, status: response.status, body: bodyOf(text), took };
  } catch {
    return { acknowledged: false, status: 0, body: null, took: performance.now() - begun };
  }
}

function bodyOf(text: string): Json | null {
  if (text === '') return null;
  try {
    const read: unknown = JSON.parse(text);
    return isJson(read) ? read : { text };
  } catch {
    return { text };
  }
}
