import { randomBytes } from 'node:crypto';

import type { SlackApp } from './team.ts';
import type { Workspace } from './workspace.ts';

/** A page as somebody sees it in a browser. */
export interface SeenPage {
  status: number;
  text: string;
  headers: Headers;
  /** Where its links lead, by their words. */
  links: Map<string, string>;
}

/** Somebody's browser on the pages where the app is installed; a proxy with a certificate stands before them. */
export interface Browser {
  open(path: string): Promise<SeenPage>;
  /** Opens the page, presses its button, and lets the app into a workspace on Slack's page. `org`: into all of an organisation. */
  installs(workspace: Workspace, options?: { org?: boolean; cancel?: boolean }): Promise<SeenPage>;
  /** Slack's own page: the address to which it sends the browser back. */
  answers(authorize: string, workspace: Workspace, options?: { org?: boolean; cancel?: boolean }): string;
}

/** `address`: where requests of Slack come in. */
export function openBrowser(app: SlackApp, address: string, slackOrigin: string): Browser {
  const cookies = new Map<string, string>();
  const browser: Browser = {
    async open(path) {
      const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
      const response = await fetch(new URL(path, address), {
        headers: cookie === '' ? {} : { cookie },
        redirect: 'manual',
      });
      for (const set of response.headers.getSetCookie()) {
        if (!/;\s*secure/i.test(set)) throw new Error('a cookie is not Secure');
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
        if (/expires=thu, 01 jan 1970/i.test(set)) cookies.delete(name);
        else cookies.set(name, value);
      }
      const html = await response.text();
      const links = [...html.matchAll(/<a [^>]*href="([^"]*)"[^>]*>([^<]*)</g)];
      return {
        status: response.status,
        text: html.replaceAll(/<style>.*?<\/style>/gs, '').replaceAll(/<[^>]+>/g, ' '),
        headers: response.headers,
        links: new Map(links.map(([, to = '', words = '']) => [words, to.replaceAll('&amp;', '&')])),
      };
    },
    async installs(workspace, options) {
      const link = (await browser.open('/slack/install')).links.get('Add to Slack');
      if (link === undefined) throw new Error('the page has no button');
      const back = new URL(browser.answers(link, workspace, options));
      return browser.open(`${back.pathname}${back.search}`);
    },
    answers(authorize, { team }, { org = false, cancel = false } = {}) {
      const { origin, pathname, searchParams } = new URL(authorize);
      const said = (name: string) => searchParams.get(name) ?? '';
      if (`${origin}${pathname}` !== `${slackOrigin}/oauth/v2/authorize`)
        throw new Error('not a page of Slack');
      if (said('client_id') !== app.clientId) throw new Error('invalid_client_id');
      if (!app.redirectUrls.includes(said('redirect_uri'))) throw new Error('bad_redirect_uri');
      if (new URL(said('redirect_uri')).protocol !== 'https:')
        throw new Error('redirects go to https:// only');
      if (said('scope') === '') throw new Error('no_scopes');
      const back = new URL(said('redirect_uri'));
      back.searchParams.set('state', said('state'));
      if (cancel) back.searchParams.set('error', 'access_denied');
      else {
        const code = randomBytes(12).toString('hex');
        const about = { redirect: said('redirect_uri'), scopes: said('scope').split(','), at: team.now() };
        app.codes.set(code, { ...about, team, org, user: team.people.keys().next().value ?? 'U0NOBODY' });
        back.searchParams.set('code', code);
      }
      return back.href;
    },
  };
  return browser;
}
