import type { Config } from '../../../engine/config.ts';
import { exitStatus } from '../../outcome.ts';
import type { Way } from '../../slack/app.ts';
import type { Flags, Setting } from '../program.ts';
import { ArgumentError } from '../read-source.ts';
import { stopSignals } from '../stop-signals.ts';
import type { InMany, InOne, Whose } from '../wiring/slack.ts';

export interface SlackFlags extends Flags {
  manifest?: boolean;
  url?: string;
}

/** What was taken in is let be answered for so long after the first signal, milliseconds. */
const grace = 10_000;

/** `pql bot slack`: is in Slack until SIGTERM or SIGINT; then takes nothing more in, lets what was taken in be answered, and leaves cards and films to
 * the other processes or the next start. A second signal ends it at once. */
export async function botSlack(flags: SlackFlags, setting: Setting): Promise<number> {
  const { config, process, terminal, environment } = setting;
  if (flags.manifest) return printManifest(flags.url ?? null, setting);
  const whose = whoseOf(config);
  const way = wayOf(config);
  const stop = stopSignals(process);
  try {
    const { openSlack } = await import('../wiring/slack.ts');
    const say = (type: string, more: object, words: string) =>
      terminal.out.write(flags.json ? `${JSON.stringify({ type, ...more })}\n` : `${words}\n`);
    const waiting = new AbortController();
    void stop.first.then(() => waiting.abort());
    const bot = await openSlack(config, environment, way, whose, {
      work: flags.work !== false,
      signal: waiting.signal,
      trouble: (message) => say('trouble', { message }, message),
    });
    const { address, pages } = bot;
    say('in', { ...bot.in, address, pages }, `in Slack, ${wordsOf(bot.in)}, ${address ?? 'by Socket Mode'}`);
    await stop.first;
    say('stopping', {}, 'takes nothing more in; another signal ends it at once');
    try {
      await Promise.race([bot.stop(grace), aborted(stop.second)]);
    } finally {
      await bot[Symbol.asyncDispose]();
    }
    say('gone', {}, 'gone');
    return exitStatus.done;
  } catch (error) {
    // Stopped before Slack had answered.
    if (error instanceof Error && error.name === 'AbortError') return exitStatus.done;
    throw error;
  } finally {
    stop[Symbol.dispose]();
  }
}

function whoseOf({ slack, publicUrl }: Config): Whose {
  const { botToken, client, appToken } = slack;
  if (botToken !== null) return { type: 'one', token: botToken };
  if (client === null) throw unset('neither SLACK_BOT_TOKEN nor SLACK_CLIENT_ID is set');
  if (appToken !== null)
    throw unset(
      'SLACK_APP_TOKEN is set, but workspaces install an app over HTTP: set SLACK_SIGNING_SECRET instead',
    );
  if (publicUrl === null || !publicUrl.startsWith('https://'))
    throw unset('PQL_PUBLIC_URL is no https:// address, under which workspaces install the app');
  return { type: 'many', clientId: client.id, clientSecret: client.secret, publicUrl };
}

function wordsOf(where: InOne | InMany): string {
  if ('team' in where) return `in ${where.team}`;
  const { workspaces, install } = where;
  return `in ${workspaces} workspace${workspaces === 1 ? '' : 's'}, others install it at ${install}`;
}

function wayOf({ slack }: Config): Way {
  if (slack.appToken !== null) return { type: 'socket', appToken: slack.appToken };
  if (slack.signingSecret === null) throw unset('neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set');
  return { type: 'http', signingSecret: slack.signingSecret, ...slack.listen };
}

function unset(message: string): ArgumentError {
  return new ArgumentError(
    message,
    'docs/slack.md says where each comes from; pql bot slack --manifest is the beginning',
  );
}

async function printManifest(url: string | null, { terminal }: Setting): Promise<number> {
  if (url !== null && !(URL.canParse(url) && new URL(url).protocol === 'https:'))
    throw new ArgumentError(
      `--url ${url} is no address that begins with https://`,
      'say --url https://films.example.org',
    );
  const [{ manifestText }, { chatCommands, messageCommands }, { catalogue }] = await Promise.all([
    import('../../slack/manifest.ts'),
    import('../../presenter/commands.ts'),
    import('../../../dsl/catalogue.ts'),
  ]);
  terminal.out.write(manifestText(chatCommands(catalogue), messageCommands, url));
  return exitStatus.done;
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted)
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
}
