import type { Surface } from './surface.ts';
import { SurfaceError, type Surfaces } from './surface.ts';

/** The workspaces of a chat that whoever runs the bot has named, by the chat's own ids; null where it is open to all. */
export type OpenTo = readonly string[] | null;

/** Whether the bot is open to a workspace, by the chat's own id of it. */
export function isOpenTo(openTo: OpenTo, id: string): boolean {
  return openTo === null || openTo.includes(id);
}

/** The chat, but nothing is said where the bot is not open: what is to be brought there waits, for as long as it is kept. */
export function onlyWhereOpen(surfaces: Surfaces, openTo: OpenTo): Surfaces {
  return {
    ...surfaces,
    in: (workspace) =>
      isOpenTo(openTo, workspace.slice(workspace.indexOf(':') + 1))
        ? surfaces.in(workspace)
        : closed(surfaces.chat),
  };
}

function closed(chat: Surface['chat']): Surface {
  const wait = () => Promise.reject(new SurfaceError({ kind: 'later', after: 3600 }));
  return {
    ...{ chat, post: wait, edit: wait, finish: wait, find: wait, remove: wait, look: wait, tell: wait },
    ...{ ahead: wait, retire: wait },
  };
}
