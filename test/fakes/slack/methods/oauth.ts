import { textOf } from '../json.ts';
import { type Method, tier } from '../method.ts';
import { Refusal } from '../refusal.ts';
import { newToken } from '../team.ts';

export const oauth: Record<string, Method> = {
  'oauth.v2.access': {
    scopes: [],
    token: 'none',
    perMinute: tier[4],
    required: ['code'],
    run({ team: { app } }, args) {
      if (args.client_id !== app.clientId) throw new Refusal('invalid_client_id');
      if (args.client_secret !== app.clientSecret) throw new Refusal('bad_client_secret');
      const given = app.codes.get(textOf(args.code));
      if (given === undefined || given.team.now() - given.at > 600_000) throw new Refusal('invalid_code');
      if (textOf(args.redirect_uri) !== given.redirect) throw new Refusal('bad_redirect_uri');
      app.codes.delete(textOf(args.code));
      const { team, user, scopes, org } = given;
      // Installed anew it keeps its token; taken out and installed it gets another.
      if (team.dead.has(team.tokens.bot)) team.tokens.bot = newToken();
      for (const scope of scopes) team.scopes.add(scope);
      return {
        ...{
          app_id: app.id,
          authed_user: { id: user },
          scope: [...team.scopes].join(','),
          token_type: 'bot',
        },
        ...{ access_token: team.tokens.bot, bot_user_id: team.bot.user, is_enterprise_install: org },
        team: org ? null : { id: team.id, name: team.domain },
        enterprise: org ? { id: team.id_('E'), name: 'All of us' } : null,
      };
    },
  },
  'auth.revoke': {
    scopes: [],
    token: 'bot',
    perMinute: tier[3],
    required: [],
    run({ team }) {
      team.dead.set(team.tokens.bot, 'token_revoked');
      return { revoked: true };
    },
  },
};
