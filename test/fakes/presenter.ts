import type { Ask } from '../../bots/presenter/ask.ts';
import { type CardView, emptyView } from '../../bots/presenter/card-view.ts';
import type { Choice } from '../../bots/presenter/choice.ts';
import type { Presenter } from '../../bots/presenter/presenter.ts';
import type { Reply } from '../../bots/presenter/reply.ts';
import { rolesOf } from '../../bots/presenter/roles.ts';
import type { Posted } from '../../bots/presenter/surface.ts';

/** A presenter that answers as it is told, and keeps what it heard. One interaction is answered once, whoever heard it. */
export interface ScriptedPresenter extends Presenter {
  heard: Ask[];
  cards: Map<number, Posted>;
  answers: (ask: Ask) => Reply | Promise<Reply>;
  completes: (
    verb: string,
    field: string,
    typed: string,
    signal?: AbortSignal,
  ) => Choice[] | Promise<Choice[]>;
}

export function scriptedPresenter(): ScriptedPresenter {
  const heard: Ask[] = [];
  const presenter: ScriptedPresenter = {
    heard,
    cards: new Map(),
    answers: () => ({ type: 'again' }),
    completes: () => [],
    async hear(ask) {
      const before = heard.some(({ id }) => id === ask.id);
      heard.push(ask);
      return before ? { type: 'again' } : presenter.answers(ask);
    },
    complete: async (verb, field, typed, _asker, signal) => presenter.completes(verb, field, typed, signal),
    posted: async (card, posted) => void presenter.cards.set(card, posted),
    silent: async () => {},
    view: async () => null,
    keep: (_surface, _options, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) resolve();
        signal.addEventListener('abort', () => resolve());
      }),
    cardsOf: async () => [],
    asker: async (chat, team, user, standing) => ({
      workspace: `${chat}:${team}`,
      user: `${chat}:${user}`,
      roles: rolesOf(standing, new Map()),
      importRoot: null,
      exportRoot: '/nowhere',
    }),
    roleGroups: async () => [],
  };
  return presenter;
}

/** A card with only what is given. */
export function cardView(more: Partial<CardView> = {}): CardView {
  return { ...emptyView, title: 'g7', ...more };
}
