import { join } from 'node:path';

import { cardsOfAsker, notePosted, noteTold, readCard } from '../../engine/cards/cards.ts';
import { forgetHeard, hearOnce, noteAnswered, unhear } from '../../engine/cards/heard.ts';
import { letGo } from '../../engine/cards/keep.ts';
import { seeRequest } from '../../engine/consent/channel/request-seen.ts';
import { Failure } from '../../engine/failure.ts';
import { isAway } from '../../engine/store/port.ts';
import type { Ask, Chat } from './ask.ts';
import { completeField } from './complete.ts';
import { viewOfRequest } from './draw-request.ts';
import { fillIn } from './fill-in.ts';
import { keepCards } from './keep.ts';
import { onMessage } from './on-message.ts';
import type { Presenter } from './presenter.ts';
import { press } from './press.ts';
import type { Reply } from './reply.ts';
import { queueRequests } from './request-queue.ts';
import { groupIds, rolesOf } from './roles.ts';
import { say } from './statement.ts';
import type { Surfaces } from './surface.ts';
import { viewOf } from './told.ts';
import type { PresenterTools } from './tools.ts';
import { refusedView } from './views/refusal-view.ts';

/** So many are heard at the same time with all that can be said at once. */
const mostAtEase = 4;

/** Makes the presenter that all chats of a process share. `exports` is the folder below which TO writes. */
export function createPresenter(given: PresenterTools & { exports: string }): Presenter {
  let hearing = 0;
  const surfaces = new Map<Chat, Surfaces>();
  const tools = {
    crowded: () => hearing > mostAtEase,
    surfaceIn: (chat: Chat, workspace: string) => surfaces.get(chat)?.in(workspace),
    ...given,
  };
  const { store } = tools.parts;

  const answer = (ask: Ask, signal?: AbortSignal): Promise<Reply> => {
    const { said } = ask;
    if (said.type === 'press') return press(said.button, said.values, ask, tools, signal);
    if (said.type === 'text') return say(said.text, { surface: 'chat' }, ask, tools, signal);
    if (said.type === 'message') return onMessage(said.command, ask, tools, signal);
    return fillIn(said.verb, said.values, ask, tools, signal);
  };

  const hear = async (ask: Ask, signal?: AbortSignal): Promise<Reply> => {
    hearing += 1;
    try {
      if (!(await hearOnce(store, ask.surface, ask.id))) return { type: 'again' };
      const reply = await answer(ask, signal);
      // With a card it is noted in the transaction that makes it.
      if (reply.type !== 'accepted') await noteAnswered(store, ask.surface, ask.id);
      return reply;
    } catch (error) {
      // Whoever says it again is heard.
      await unhear(store, ask.surface, ask.id).catch(() => {});
      signal?.throwIfAborted();
      tools.log.write(
        'error',
        'what was said in a chat could not be answered',
        { surface: ask.surface },
        error,
      );
      return { type: 'refused', view: sorry(error) };
    } finally {
      hearing -= 1;
    }
  };

  return {
    hear,
    complete: (verb, field, typed, asker) =>
      completeField(verb, field, typed, asker, tools).catch((error) => {
        tools.log.write('warn', 'nothing could be completed', { verb, field }, error);
        return [];
      }),
    async posted(card, posted) {
      await notePosted(store, card, posted);
      await letGo(store, tools.keeper, [card]);
    },
    async silent(card) {
      await noteTold(store, card, 'living');
      await letGo(store, tools.keeper, [card]);
    },
    async view(card) {
      const row = await readCard(store, card);
      if (row?.request == null) return row === null ? null : viewOf(store, row);
      const seen = await seeRequest(store, row.request);
      return seen === null ? null : viewOfRequest(seen, row, tools);
    },
    async keep(all, options, signal) {
      surfaces.set(all.chat, all);
      await forgetHeard(store);
      const tidy = setInterval(() => void forgetHeard(store).catch(() => {}), 3_600_000);
      try {
        await Promise.all([
          keepCards(all, options, tools, signal),
          queueRequests(all, options, tools, signal),
        ]);
      } finally {
        clearInterval(tidy);
      }
    },
    async cardsOf(chat, { workspace, user }, most) {
      const rows = await cardsOfAsker(store, chat, workspace, user, most);
      return Promise.all(rows.map((row) => viewOf(store, row)));
    },
    async asker(chat, team, user, standing) {
      // It becomes the name of a folder.
      if (!/^[A-Za-z0-9_-]{1,60}$/.test(team)) throw new Error(`${chat} has no team ${JSON.stringify(team)}`);
      const workspace = `${chat}:${team}`;
      return {
        workspace,
        user: `${chat}:${user}`,
        roles: rolesOf(standing, await tools.settings(workspace)),
        importRoot: null,
        exportRoot: join(tools.exports, `${chat}-${team}`),
      };
    },
    async roleGroups(chat, team) {
      const settings = await tools.settings(`${chat}:${team}`);
      const ids = ['roles.moderator', 'roles.admin'].flatMap((name) =>
        groupIds(settings.get(name)?.value ?? ''),
      );
      return [...new Set(ids)];
    },
  };
}

function sorry(error: unknown) {
  if (error instanceof Failure) return refusedView(error.code, error.message, error.hint);
  return isAway(error)
    ? refusedView(null, 'The database is away for a moment', 'nothing was run; say it again soon')
    : refusedView(null, 'Something went wrong inside WatchAI', 'nothing was run; the log says more');
}
