import type { ChatCommand, MessageCommand } from '../presenter/command.ts';
import { cutTo } from '../presenter/plain.ts';
import { botEvents, botScopes, goodbyes } from './scopes.ts';

/** Where Slack's requests come in, over HTTP. */
export const slackPath = '/slack/events';

/** Where workspaces install the app, and where Slack sends them back to. */
export const installPath = '/slack/install';
export const redirectPath = '/slack/oauth_redirect';

/** What is typed. */
export const slashCommand = '/pql';

/** All that is typed: Slack has no options behind a command, so the others are said behind the first, or as windows. */
export const slashCommands: readonly string[] = [slashCommand, '/consent'];

/** Under which Slack tells of a shortcut: `message-enhance-this-video`. */
export function shortcutId({ name }: MessageCommand): string {
  return `message-${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`;
}

/** What the app is, for https://api.slack.com/apps: https://docs.slack.dev/reference/app-manifest. `url` is where Slack reaches us, without a path; null
 * for Socket Mode. */
export function manifestOf(
  commands: readonly ChatCommand[],
  messageCommands: readonly MessageCommand[],
  url: string | null,
): object {
  const base = url?.replace(/\/+$/, '') ?? null;
  const address = base === null ? null : `${base}${slackPath}`;
  const reached = address === null ? {} : { request_url: address };
  return {
    display_information: {
      name: 'WatchAI',
      description: 'Ask for video in one sentence',
      background_color: '#1d2733',
    },
    features: {
      app_home: {
        home_tab_enabled: true,
        messages_tab_enabled: true,
        messages_tab_read_only_enabled: false,
      },
      bot_user: { display_name: 'WatchAI', always_online: true },
      shortcuts: messageCommands.map((command) => ({
        name: command.name,
        type: 'message',
        callback_id: shortcutId(command),
        description: cutTo(command.description, 150),
      })),
      slash_commands: commands
        .filter(({ name }) => slashCommands.includes(`/${name}`))
        .map(({ name, description, options, under = [] }) => ({
          command: `/${name}`,
          ...(address === null ? {} : { url: address }),
          description: cutTo(description, 100),
          usage_hint: cutTo(options[0]?.description ?? under.map((each) => each.name).join(', '), 100),
          // Names of people and channels come as ids, which are the same whatever they are called.
          should_escape: true,
        })),
    },
    oauth_config: {
      ...(base === null ? {} : { redirect_urls: [`${base}${redirectPath}`] }),
      scopes: { bot: Object.keys(botScopes) },
    },
    settings: {
      event_subscriptions: {
        ...reached,
        bot_events: base === null ? botEvents : [...botEvents, ...goodbyes],
      },
      interactivity: {
        is_enabled: true,
        ...reached,
        // Where lists are asked for while somebody types.
        ...(address === null ? {} : { message_menu_options_url: address }),
      },
      org_deploy_enabled: false,
      socket_mode_enabled: address === null,
      token_rotation_enabled: false,
    },
  };
}

/** The manifest as JSON, which api.slack.com/apps takes. */
export function manifestText(...of: Parameters<typeof manifestOf>): string {
  return `${JSON.stringify(manifestOf(...of), null, 2)}\n`;
}
