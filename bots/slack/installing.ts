import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Installation as BoltInstallation, HTTPReceiverOptions, InstallationStore } from '@slack/bolt';

import type { Installation, Installations } from '../../engine/installations/installations.ts';
import { isOpenTo } from '../presenter/open-to.ts';
import { openClient, silent } from './clients.ts';
import { type InstallPage, installPage, sendPage } from './install-page.ts';
import { installPath, redirectPath } from './manifest.ts';
import { botScopes } from './scopes.ts';
import type { OpenToMany } from './where.ts';

/** What installing the app in many workspaces takes. */
export interface Installing extends OpenToMany {
  apiUrl: string;
  /** Told which workspace has another token now. */
  installed(team: string): void;
}

/** Bolt's own installer: a page with a button, Slack's question, and the answer, whose state has to be that of this very browser
 * (https://docs.slack.dev/authentication/installing-with-oauth). */
export function installing(given: Installing): Partial<HTTPReceiverOptions> {
  const { clientId, clientSecret, stateSecret, publicUrl, installations, openTo, apiUrl } = given;
  const begin = `${publicUrl}${installPath}`;
  const refuse = (response: ServerResponse, status: number, title: string, ...lines: string[]) =>
    sendPage(response, status, { title, lines, link: { url: begin, words: 'Begin anew' } });
  return {
    ...{ clientId, clientSecret, stateSecret },
    scopes: Object.keys(botScopes),
    redirectUri: `${publicUrl}${redirectPath}`,
    installationStore: storeOf(installations),
    installerOptions: {
      ...{ installPath, redirectUriPath: redirectPath },
      authorizationUrl: new URL('/oauth/v2/authorize', apiUrl).href,
      clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, timeout: 15_000 },
      renderHtmlForInstallPath: (url) => installPage(invitation(url, openTo !== null)),
      callbackOptions: {
        async afterInstallation(installation, _options, _request: IncomingMessage, response) {
          const made = ofOneWorkspace(installation);
          if (made !== null && isOpenTo(openTo, made.team)) return true;
          const token = installation.bot?.token ?? installation.user.token;
          if (token !== undefined)
            await openClient(token, apiUrl, silent)
              .auth.revoke()
              .catch(() => {});
          if (made !== null)
            refuse(
              response,
              403,
              `WatchAI is not open to ${made.name}`,
              `Whoever runs it has named the workspaces that it is for, and this one (${made.team}) is none of them. Nothing was kept, and what Slack allowed was given back.`,
              'Ask them to add it, then install it anew.',
            );
          // Of every workspace of a company at once: what is kept here is of one workspace, and nobody would know of which.
          else
            refuse(
              response,
              403,
              'WatchAI is installed in one workspace at a time',
              'It was asked for a whole organisation, in which films and names of different workspaces would meet. Nothing was kept.',
              'Install it anew and choose a workspace at the top right of Slack’s page, not the organisation.',
            );
          return false;
        },
        success(installation, _options, _request, response) {
          const made = ofOneWorkspace(installation)!;
          given.installed(made.team);
          sendPage(response, 200, {
            title: `WatchAI is in ${made.name}`,
            lines: [
              'In any channel there, type: /pql GENERATE "a lighthouse at dusk" DURATION 6s',
              'A private channel has to invite it first: /invite @WatchAI',
            ],
            link: { url: `slack://app?team=${made.team}&id=${made.app}`, words: 'Open Slack' },
          });
        },
        failure({ code, message }, _options, _request, response) {
          if (code === 'slack_oauth_installer_authorization_error')
            return refuse(response, 200, 'WatchAI was not installed', 'It was cancelled in Slack.');
          if (/^slack_oauth_(?:missing|invalid)/.test(code))
            return refuse(
              response,
              400,
              'WatchAI was not installed',
              'This page belongs to another browser, or to an install that was begun more than ten minutes ago.',
            );
          const why = /\b[a-z]+(?:_[a-z]+)+\b/.exec(message)?.[0];
          refuse(
            response,
            502,
            'WatchAI was not installed',
            `Slack did not confirm it${why === undefined ? '' : ` (${why})`}. Whoever runs the bot finds more in its log.`,
          );
        },
      },
    },
  };
}

function invitation(url: string, named: boolean): InstallPage {
  return {
    title: 'Add WatchAI to your Slack workspace',
    lines: [
      ...(named ? ['It is open to the workspaces that whoever runs it has named.'] : []),
      'It makes films of what people ask for with /pql in a channel. It will be allowed:',
    ],
    list: Object.entries(botScopes).map(([scope, why]) => `${scope}: ${why}`),
    link: { url, words: 'Add to Slack' },
  };
}

/** What Bolt was told, as we keep it; null where it is of no single workspace, or without a bot. */
function ofOneWorkspace({
  team,
  bot,
  appId,
  user,
  isEnterpriseInstall,
}: BoltInstallation): Installation | null {
  if (isEnterpriseInstall === true || team === undefined || bot === undefined) return null;
  return {
    ...{ team: team.id, name: team.name ?? team.id, app: appId ?? '', by: user.id },
    ...{ bot: bot.id, botUser: bot.userId, scopes: bot.scopes, token: bot.token },
  };
}

/** The installations as Bolt asks for them. One that is not there has no bot: who is told then that the app is not installed is decided by us. */
function storeOf(installations: Installations): InstallationStore {
  return {
    async storeInstallation(installation) {
      const made = ofOneWorkspace(installation);
      if (made === null) throw new Error('this is of no single workspace');
      await installations.put(made);
    },
    async fetchInstallation({ teamId }) {
      const kept = teamId === undefined ? null : await installations.of(teamId);
      const team = { id: teamId ?? '' };
      const nobody = { id: kept?.by ?? '', token: undefined, scopes: undefined };
      if (kept === null || kept.token === null) return { team, enterprise: undefined, user: nobody };
      const bot = { id: kept.bot, userId: kept.botUser, scopes: [...kept.scopes], token: kept.token };
      return { team, enterprise: undefined, user: nobody, bot, appId: kept.app, authVersion: 'v2' };
    },
  };
}
