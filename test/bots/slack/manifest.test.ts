import { expect, test } from 'vitest';

import { chatCommands, messageCommands } from '../../../bots/presenter/commands.ts';
import { bareCommand, formOf, saidBy, textTyped } from '../../../bots/slack/command-window.ts';
import { drawWindow } from '../../../bots/slack/draw-window.ts';
import { manifestOf } from '../../../bots/slack/manifest.ts';
import { botScopes } from '../../../bots/slack/scopes.ts';
import { catalogue } from '../../../dsl/catalogue.ts';
import { checkView } from '../../fakes/slack/check-view.ts';
import { everyScope } from '../../fakes/slack/web-api.ts';

interface Manifest {
  features: {
    shortcuts: { name: string; callback_id: string; description: string }[];
    slash_commands: { command: string; url?: string; description: string; usage_hint: string }[];
  };
  settings: {
    socket_mode_enabled: boolean;
    interactivity: { request_url?: string };
    event_subscriptions: { bot_events: string[] };
  };
  oauth_config: { redirect_urls?: string[]; scopes: { bot: string[] } };
}

const commands = chatCommands(catalogue);
const manifest = (url: string | null) => manifestOf(commands, messageCommands, url) as Manifest;

test('the manifest stays within what Slack takes', () => {
  const { features } = manifest(null);
  for (const { command, description, usage_hint: hint } of features.slash_commands) {
    expect(command).toMatch(/^\/[a-z0-9_-]{1,31}$/);
    expect(description.length).toBeLessThanOrEqual(2000);
    expect(hint.length).toBeLessThanOrEqual(1000);
  }
  expect(features.shortcuts.length).toBeLessThanOrEqual(10);
  for (const { name, callback_id: id, description } of features.shortcuts) {
    expect(name.length).toBeLessThanOrEqual(24);
    expect(id.length).toBeLessThanOrEqual(255);
    expect(description.length).toBeLessThanOrEqual(150);
  }
});

test('the manifest names one address for everything, or Socket Mode', () => {
  const http = manifest('https://films.example/');
  expect(http.settings).toMatchObject({
    socket_mode_enabled: false,
    interactivity: {
      request_url: 'https://films.example/slack/events',
      message_menu_options_url: 'https://films.example/slack/events',
    },
  });
  expect(http.features.slash_commands.map(({ command, url }) => `${command} ${url}`)).toEqual([
    '/pql https://films.example/slack/events',
    '/consent https://films.example/slack/events',
  ]);
  expect(manifest(null).settings).toMatchObject({ socket_mode_enabled: true });
  expect(JSON.stringify(manifest(null))).not.toContain('http');
});

test('with an address the app can be installed there, and is told of whoever takes it out', () => {
  const http = manifest('https://films.example/');
  expect(http.oauth_config.redirect_urls).toEqual(['https://films.example/slack/oauth_redirect']);
  expect(http.settings.event_subscriptions.bot_events).toEqual([
    'app_home_opened',
    'app_uninstalled',
    'tokens_revoked',
  ]);
  expect(manifest(null).oauth_config.redirect_urls).toBeUndefined();
});

test('the manifest asks for the scopes that are used, and for no other', () => {
  expect(manifest(null).oauth_config.scopes.bot).toEqual(Object.keys(botScopes));
  const unknown = Object.keys(botScopes).filter(
    (scope) => scope !== 'commands' && !everyScope.includes(scope),
  );
  expect(unknown).toEqual([]);
});

const windows = commands
  .flatMap(({ name, under = [] }) => [name, ...under.map((each) => `${name} ${each.name}`)])
  .flatMap((name) => bareCommand(name, commands) ?? []);

test('everything under /consent that asks for something has a window', () => {
  const names = windows.map(({ name }) => name).filter((name) => name.startsWith('consent'));
  expect(names).toEqual(
    expect.arrayContaining(['consent', 'consent opt-out', 'consent grant', 'consent approve']),
  );
  expect(bareCommand('consent requests', commands)).toBeNull();
  expect(saidBy('consent requests', commands)).toEqual({
    type: 'form',
    verb: 'consent requests',
    values: {},
  });
  expect(saidBy(textTyped('/consent', 'OPT OUT "Jane Roe"'), commands)).toEqual({
    type: 'text',
    text: 'OPT OUT "Jane Roe"',
  });
});

test.each(windows)('the window of $name is what Slack takes', (command) => {
  const note = { form: { verb: command.name }, place: { channel: 'C1', thread: null, message: null } };
  expect(checkView(drawWindow(formOf(command), note), 'modal')).toEqual([]);
});
