import type { Answer, Request } from '../http.ts';
import { Refusal } from '../refusal.ts';
import type { State } from '../state.ts';
import { applicationRoutes } from './application.ts';
import { interactionRoutes } from './interactions.ts';
import { channelRoutes } from './messages.ts';

type Route = [
  method: string,
  path: RegExp,
  answer: (request: Request, ...parts: string[]) => Answer,
  open?: 'open',
];

/** Everything that is answered, first match wins. What is not `open` needs the bot's token. */
export function createRoutes(
  state: State,
  base: () => string,
  gateway: { url: () => string; shards: () => number; startsLeft: () => number },
): (request: Request) => Answer {
  const channels = channelRoutes(state, base);
  const interactions = interactionRoutes(state, base);
  const application = applicationRoutes(state, gateway);
  const routes: Route[] = [
    ['GET', /^\/gateway\/bot$/, () => application.gateway()],
    ['GET', /^\/users\/@me$/, () => application.me()],
    ['GET', /^\/(?:oauth2\/)?applications\/@me$/, () => application.application()],
    ['POST', /^\/users\/@me\/channels$/, (request) => application.direct(request)],
    ['GET', /^\/guilds\/(\d+)\/roles$/, (_, guild) => application.roles(guild!)],
    ['GET', /^\/guilds\/(\d+)\/members\/(\d+)$/, (_, guild, user) => application.member(guild!, user!)],
    ['GET', /^\/applications\/(\d+)\/commands$/, (_, id) => application.commands(id!)],
    ['PUT', /^\/applications\/(\d+)\/commands$/, (request, id) => application.overwrite(id!, request)],
    ['GET', /^\/channels\/(\d+)$/, (_, id) => channels.channel(id!)],
    ['POST', /^\/channels\/(\d+)\/messages$/, (request, id) => channels.create(id!, request)],
    ['GET', /^\/channels\/(\d+)\/messages$/, (request, id) => channels.list(id!, request)],
    ['GET', /^\/channels\/(\d+)\/messages\/(\d+)$/, (_, channel, id) => channels.get(channel!, id!)],
    [
      'PATCH',
      /^\/channels\/(\d+)\/messages\/(\d+)$/,
      (request, channel, id) => channels.edit(channel!, id!, request),
    ],
    ['DELETE', /^\/channels\/(\d+)\/messages\/(\d+)$/, (_, channel, id) => channels.remove(channel!, id!)],
    [
      'POST',
      /^\/interactions\/(\d+)\/([^/]+)\/callback$/,
      (request, id, token) => interactions.callback(id!, token!, request),
      'open',
    ],
    [
      'POST',
      /^\/webhooks\/(\d+)\/([^/]+)$/,
      (request, id, token) => interactions.followUp(id!, token!, request),
      'open',
    ],
    [
      'GET',
      /^\/webhooks\/(\d+)\/([^/]+)\/messages\/(@original|\d+)$/,
      (_, id, token, message) => interactions.get(id!, token!, message!),
      'open',
    ],
    [
      'PATCH',
      /^\/webhooks\/(\d+)\/([^/]+)\/messages\/(@original|\d+)$/,
      (request, id, token, message) => interactions.edit(id!, token!, message!, request),
      'open',
    ],
    [
      'DELETE',
      /^\/webhooks\/(\d+)\/([^/]+)\/messages\/(@original|\d+)$/,
      (_, id, token, message) => interactions.remove(id!, token!, message!),
      'open',
    ],
    ['GET', /^\/attachments\/\d+\/(\d+)\/[^/]+$/, (_, id) => file(state, id!), 'open'],
  ];
  return (request) => {
    for (const [method, path, answer, open] of routes) {
      const match = method === request.method ? path.exec(request.path) : null;
      if (match === null) continue;
      if (!open && request.authorization !== `Bot ${state.token}`)
        throw new Refusal(401, 0, '401: Unauthorized');
      try {
        return answer(request, ...match.slice(1));
      } finally {
        state.news.emit('change');
      }
    }
    throw new Refusal(404, 0, '404: Not Found');
  };
}

function file(state: State, id: string): Answer {
  const found =
    state.uploads.get(id) ??
    [...state.messages.values()].flatMap((each) => each.files).find((each) => each.id === id);
  if (found === undefined) throw new Refusal(404, 0, 'not found');
  return { raw: found.bytes, type: found.type };
}
