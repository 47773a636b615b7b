import { openWeb, type Web } from '../../../bots/web/web.ts';
import { openLog } from '../../../engine/log.ts';
import type { Store } from '../../../engine/store/port.ts';
import { openMemoryStore } from '../../fakes/database.ts';
import { type Gated, openGated } from '../../fakes/gated.ts';

/** The pages above an engine whose statements a test says: `ask` is a terminal of its workspace, `as` a moderator there. */
export interface Site extends AsyncDisposable {
  store: Store;
  gated: Gated;
  web: Web;
  url: string;
  /** Everything that was logged. */
  logged(): string;
  get(path: string): Promise<Shown>;
  /** Sends a form as a page of this site would, by a visitor of its own unless told. */
  send(
    path: string,
    fields: Record<string, string> | FormData,
    headers?: Record<string, string>,
  ): Promise<Shown>;
}

export interface Shown {
  status: number;
  text: string;
  headers: Headers;
}

export async function openSite(options: { formsPerHour?: number } = {}): Promise<Site> {
  const store = await openMemoryStore();
  const gated = await openGated(store);
  const lines: string[] = [];
  const log = openLog({ level: 'debug', sink: (line) => void lines.push(line), now: Date.now });
  const web = await openWeb({
    ...{ store, artifacts: gated.parts.artifacts, log, address: { host: '127.0.0.1', port: 0 } },
    ...{ workspace: gated.asker.workspace, scratch: gated.folder, ...options },
    now: () => Date.parse('2026-11-28T12:00:00Z'),
    revoke: (signal) => gated.consent.revoke(gated.parts, signal),
  });
  const url = `http://127.0.0.1:${web.address.port}`;
  let visitors = 0;
  const shown = async (answer: Response): Promise<Shown> => ({
    status: answer.status,
    text: await answer.text(),
    headers: answer.headers,
  });
  return {
    ...{ store, gated, web, url, logged: () => lines.join('') },
    get: async (path) => shown(await fetch(`${url}${path}`, { headers: { accept: 'text/html' } })),
    send: async (path, fields, headers = {}) =>
      shown(
        await fetch(`${url}${path}`, {
          method: 'POST',
          redirect: 'manual',
          body: fields instanceof FormData ? fields : new URLSearchParams(fields),
          headers: {
            ...{
              origin: url,
              accept: 'text/html',
              'x-forwarded-for': `198.51.100.${(visitors++ % 250) + 1}`,
            },
            ...headers,
          },
        }),
      ),
    async [Symbol.asyncDispose]() {
      await web[Symbol.asyncDispose]();
      await gated[Symbol.asyncDispose]();
      await store[Symbol.asyncDispose]();
    },
  };
}

/** The path of the request that a receipt tells of. */
export function requestIn(receipt: string): string {
  return new URL(/id="secret">(\S+?)<\/p>/.exec(receipt)![1]!).pathname;
}
