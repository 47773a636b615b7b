import { checkView } from '../check-view.ts';
import { isJson, type Json, textOf } from '../json.ts';
import { type Method, tier } from '../method.ts';
import { Refusal } from '../refusal.ts';
import type { OpenView, Team } from '../team.ts';

export const views: Record<string, Method> = {
  'views.open': {
    scopes: [],
    token: 'bot',
    perMinute: tier[4],
    required: ['trigger_id', 'view'],
    run({ team, triggers }, args) {
      const user = triggers.use(textOf(args.trigger_id));
      const view = accepted(args.view, 'modal');
      const open = { id: team.id_('V'), user, view, hash: team.ts() };
      team.modals.set(user, open);
      return { view: viewOf(team, open) };
    },
  },
  'views.update': {
    scopes: [],
    token: 'bot',
    perMinute: tier[4],
    required: ['view'],
    run({ team }, args) {
      const open = [...team.modals.values()].find(({ id }) => id === args.view_id);
      if (open === undefined) throw new Refusal('not_found');
      if (args.hash !== undefined && args.hash !== open.hash) throw new Refusal('hash_conflict');
      open.view = accepted(args.view, 'modal');
      open.hash = team.ts();
      return { view: viewOf(team, open) };
    },
  },
  'views.publish': {
    scopes: [],
    token: 'bot',
    perMinute: tier[4],
    required: ['user_id', 'view'],
    run({ team }, args) {
      const user = textOf(args.user_id);
      if (!team.people.has(user)) throw new Refusal('user_not_found');
      const view = accepted(args.view, 'home');
      team.homes.set(user, view);
      return { view: { ...view, id: team.id_('V') } };
    },
  },
};

function accepted(view: unknown, type: 'modal' | 'home'): Json {
  const wrong = checkView(view, type);
  if (wrong.length > 0 || !isJson(view))
    throw new Refusal('invalid_arguments', { response_metadata: { messages: wrong } });
  return view;
}

/** A view as the API and interactions give it. */
export function viewOf(team: Team, { id, view, hash }: OpenView): Json {
  return {
    ...view,
    id,
    team_id: team.id,
    hash,
    app_id: team.bot.app,
    bot_id: team.bot.id,
    root_view_id: id,
    app_installed_team_id: team.id,
  };
}
