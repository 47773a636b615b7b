import type { Config } from '../../../engine/config.ts';
import { isOpenTo } from '../../presenter/open-to.ts';
import { type Finding, ok, problem, warn } from './finding.ts';
import { lookAtInstalling } from './slack-installing.ts';

/** The app in Slack, where something is set of it: whose the token is, whether it may do what is needed, and how Slack reaches it. Tokens are read and never
 * shown. */
export async function lookAtSlack(config: Config): Promise<Finding[]> {
  const { slack } = config;
  const { botToken, client, appToken, signingSecret, apiUrl } = slack;
  if (botToken === null && client !== null) return [await lookAtInstalling(config), wayIn(slack, null)];
  if (botToken === null && appToken === null && signingSecret === null) return [];
  if (botToken === null)
    return [
      problem(
        'slack',
        'no token',
        'neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID is set',
        'set SLACK_BOT_TOKEN to the Bot User OAuth Token, xoxb-…',
      ),
    ];
  const [{ askSlack }, { botScopes }] = await Promise.all([
    import('../../slack/ask-slack.ts'),
    import('../../slack/scopes.ts'),
  ]);
  const { self, socket } = await askSlack({ botToken, appToken, apiUrl });
  if ('refused' in self) return [refused('SLACK_BOT_TOKEN', self.refused)];
  if (!isOpenTo(slack.workspaces, self.team))
    return [
      problem(
        'slack',
        `${self.teamName} (${self.team})`,
        'SLACK_WORKSPACES does not name the workspace of SLACK_BOT_TOKEN',
        'name it there, or unset SLACK_WORKSPACES',
      ),
    ];
  const missing = Object.keys(botScopes).filter((scope) => !self.scopes.includes(scope));
  const where = `${self.teamName} (${self.team})`;
  return [
    missing.length === 0
      ? ok('slack', where, 'the token may do all that is needed')
      : problem(
          'slack',
          where,
          `the token lacks ${missing.join(', ')}`,
          'add the scopes at api.slack.com/apps (OAuth & Permissions), then install the app anew',
        ),
    wayIn(slack, socket),
  ];
}

function wayIn(
  { signingSecret, listen }: Config['slack'],
  socket: { refused: string } | 'opens' | null,
): Finding {
  const name = 'slack events';
  if (socket === 'opens')
    return ok(name, 'Socket Mode', 'SLACK_APP_TOKEN is set: no public address is needed');
  if (socket !== null) return refused('SLACK_APP_TOKEN', socket.refused);
  if (signingSecret === null)
    return problem(
      name,
      'no way in',
      'neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set',
      'set SLACK_APP_TOKEN (xapp-…, Socket Mode), or SLACK_SIGNING_SECRET and a public address',
    );
  const { host, port } = listen;
  if (!['127.0.0.1', '::1', 'localhost'].includes(host))
    return warn(
      name,
      `HTTP at ${host}:${port}`,
      'others can reach it without TLS',
      'SLACK_LISTEN=127.0.0.1:3000, behind a proxy that has the certificate',
    );
  return ok(name, `HTTP at ${host}:${port}`, 'a proxy with a certificate has to send /slack/events there');
}

function refused(variable: string, why: string): Finding {
  return problem(
    'slack',
    'refused',
    `Slack says of ${variable}: ${why}`,
    'copy it anew from api.slack.com/apps',
  );
}
