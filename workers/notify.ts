import { createHash, createHmac } from 'node:crypto';
import type { NotifyArguments } from '../dsl/arguments.ts';
import type { EgressRequest } from '../engine/egress/door.ts';
import type { Desk, Effected, Handler } from './handler.ts';
import { type SendingTools, sendUntilTaken } from './sending.ts';

export interface NotifyTools extends SendingTools {
  /** The key that signs, as bytes; see engine/notify-key.ts. */
  key: () => Promise<Uint8Array>;
}

/** NOTIFY url: posts signed JSON about what was made, as Standard Webhooks 1.0 has it (https://www.standardwebhooks.com):
 *
 *   webhook-id         the same for every try, so that the receiver can drop a repeated one
 *   webhook-timestamp  seconds since 1970 of this try, so that an old one cannot be replayed
 *   webhook-signature  `v1,` and base64 of HMAC-SHA256 with the key over `id.timestamp.body`
 *
 * Any Standard Webhooks library verifies it with the `whsec_…` text; `pql doctor` says where that is. */
export function createNotify(tools: NotifyTools): Handler<NotifyArguments> {
  const now = tools.now ?? Date.now;
  return async ({ url }, desk): Promise<Effected> => {
    const key = await tools.key();
    const id = messageId(desk, url);
    const body = JSON.stringify(message(desk, new Date(now()).toISOString()));
    await sendUntilTaken(
      tools,
      'the message',
      () => post(url, id, Math.floor(now() / 1000), body, key),
      desk.signal,
      (note) => desk.progress({ fraction: 0, note }),
    );
    return { url, notes: [] };
  };
}

/** What the receiver learns: which group and job, and the results with hash, facts and recipe. */
function message(desk: Desk, timestamp: string) {
  return {
    type: 'result.ready',
    timestamp,
    data: {
      group: desk.group,
      job: desk.job,
      results: desk.inputs.map(({ hash, kind, facts, recipe }) => ({ kind, sha256: hash, facts, recipe })),
    },
  };
}

function post(url: string, id: string, timestamp: number, body: string, key: Uint8Array): EgressRequest {
  const bytes = Buffer.from(body);
  return {
    method: 'POST',
    url,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': String(timestamp),
      'webhook-signature': sign(key, id, timestamp, body),
    },
    body: { bytes: bytes.length, open: () => bytes },
    redirects: 0,
    totalTimeout: 30_000,
    silence: 20_000,
    maxResponseBytes: 64 * 1024,
  };
}

function sign(key: Uint8Array, id: string, timestamp: number, body: string): string {
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
}

function messageId({ workspace, group, job }: Desk, url: string): string {
  return `msg_${createHash('sha256')
    .update(JSON.stringify([workspace, group, job, url]))
    .digest('hex')
    .slice(0, 32)}`;
}
