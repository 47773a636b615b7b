import type { ConfigProblem } from '../config.ts';

type Text = (name: string) => string | null;
type Url = (name: string, protocols: readonly string[]) => string | null;

/** What the surroundings say of Slack; null where they say nothing. */
export interface SlackConfig {
  /** `xoxb-…`: who the bot is. */
  botToken: string | null;
  /** Proves that a request comes from Slack, over HTTP. */
  signingSecret: string | null;
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
  /** Without the version and a slash at its end. */
  apiUrl: string;
}

export function readSlack(text: Text, url: Url, listen: SlackConfig['listen'] | null): SlackConfig {
  const apiUrl = url('SLACK_API_URL', ['https:', 'http:']) ?? 'https://slack.com/api';
  return {
    botToken: text('SLACK_BOT_TOKEN'),
    signingSecret: text('SLACK_SIGNING_SECRET'),
    appToken: text('SLACK_APP_TOKEN'),
    listen: listen ?? { host: '127.0.0.1', port: 3000 },
    apiUrl: `${apiUrl.replace(/\/+$/, '')}/`,
  };
}

export function readDiscord(text: Text, url: Url, problems: ConfigProblem[]): DiscordConfig {
  const apiUrl = url('DISCORD_API_URL', ['https:', 'http:']) ?? 'https://discord.com/api';
  return {
    // Copied with the word that stands before it in requests.
    token: text('DISCORD_TOKEN')?.replace(/^Bot\s+/i, '') ?? null,
    application: snowflake(text('DISCORD_APPLICATION_ID'), problems),
    apiUrl: apiUrl.replace(/\/+$/, ''),
  };
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
