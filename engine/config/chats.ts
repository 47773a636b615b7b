import type { ConfigProblem } from '../config.ts';
import { secret } from './keys.ts';

type Text = (name: string) => string | null;
type Url = (name: string, protocols: readonly string[]) => string | null;

/** What the surroundings say of Slack; null where they say nothing. */
export interface SlackConfig {
  /** `xoxb-…`: who the bot is. */
  botToken: string | null;
  /** What the app is known by where workspaces install it themselves, instead of the one token. */
  client: { id: string; secret: string } | null;
  /** Seals their tokens; null where a secret of the home's own does. Machines of one database share it. */
  sealing: string | null;
  /** Proves that a request comes from Slack, over HTTP. */
  signingSecret: string | null;
  /** Ids of the workspaces that may install and use it; null for all. */
  workspaces: readonly string[] | null;
  /** `xapp-…`: opens connections to Slack, so that no public address is needed. */
  appToken: string | null;
  /** Where requests of Slack are taken, over HTTP. */
  listen: { host: string; port: number };
  /** With a slash at its end. */
  apiUrl: string;
}

/** What the surroundings say of Discord; null where they say nothing. */
export interface DiscordConfig {
  /** Of the bot; who has it is the bot. */
  token: string | null;
  /** Which application the bot is; Discord is asked where it is not said. */
  application: string | null;
  /** Ids of the servers that may use it; null for all. */
  servers: readonly string[] | null;
  /** Without the version and a slash at its end. */
  apiUrl: string;
}

export function readSlack(
  text: Text,
  url: Url,
  listen: SlackConfig['listen'] | null,
  problems: ConfigProblem[],
): SlackConfig {
  const apiUrl = url('SLACK_API_URL', ['https:', 'http:']) ?? 'https://slack.com/api';
  const botToken = text('SLACK_BOT_TOKEN');
  return {
    botToken,
    client: client(text('SLACK_CLIENT_ID'), text('SLACK_CLIENT_SECRET'), botToken !== null, problems),
    sealing: secret(text('PQL_SLACK_SECRET'), 'PQL_SLACK_SECRET', problems),
    signingSecret: text('SLACK_SIGNING_SECRET'),
    workspaces: named(text, 'SLACK_WORKSPACES', /^T[A-Z0-9]{4,20}$/, 'T0123ABCD', problems),
    appToken: text('SLACK_APP_TOKEN'),
    listen: listen ?? { host: '127.0.0.1', port: 3000 },
    apiUrl: `${apiUrl.replace(/\/+$/, '')}/`,
  };
}

/** Of an app that is installed in many workspaces. */
function client(
  id: string | null,
  secret: string | null,
  alone: boolean,
  problems: ConfigProblem[],
): SlackConfig['client'] {
  if (id === null && secret === null) return null;
  const wrong = (variable: string, problem: string) => {
    problems.push({ variable, problem });
    return null;
  };
  if (id === null) return wrong('SLACK_CLIENT_SECRET', 'is set without SLACK_CLIENT_ID');
  if (secret === null) return wrong('SLACK_CLIENT_ID', 'is set without SLACK_CLIENT_SECRET');
  if (alone)
    return wrong(
      'SLACK_CLIENT_ID',
      'is set beside SLACK_BOT_TOKEN: that one is for one workspace, this one for many; unset one of them',
    );
  return { id, secret };
}

export function readDiscord(text: Text, url: Url, problems: ConfigProblem[]): DiscordConfig {
  const apiUrl = url('DISCORD_API_URL', ['https:', 'http:']) ?? 'https://discord.com/api';
  return {
    // Copied with the word that stands before it in requests.
    token: text('DISCORD_TOKEN')?.replace(/^Bot\s+/i, '') ?? null,
    servers: named(text, 'DISCORD_SERVERS', /^\d{15,20}$/, '812345678901234567', problems),
    application: snowflake(text('DISCORD_APPLICATION_ID'), problems),
    apiUrl: apiUrl.replace(/\/+$/, ''),
  };
}

/** Ids with commas between them. Where one is none, nobody is let in until it is mended. */
function named(
  text: Text,
  variable: string,
  shape: RegExp,
  example: string,
  problems: ConfigProblem[],
): readonly string[] | null {
  const ids =
    text(variable)
      ?.split(/[\s,]+/)
      .filter((id) => id !== '') ?? null;
  if (ids === null || (ids.length > 0 && ids.every((id) => shape.test(id)))) return ids;
  problems.push({ variable, problem: `is no list of ids such as ${example},… with commas between them` });
  return [];
}

/** What Discord calls things by. */
function snowflake(value: string | null, problems: ConfigProblem[]): string | null {
  if (value === null || /^\d{15,20}$/.test(value)) return value;
  problems.push({
    variable: 'DISCORD_APPLICATION_ID',
    problem: 'is no number of 15 to 20 digits; it stands on the General Information page of the application',
  });
  return null;
}
