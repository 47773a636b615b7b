import { readFile, stat } from 'node:fs/promises';

import type { Config } from '../../../engine/config.ts';
import { HomeHeld } from '../../../engine/home/lock.ts';
import type { KeptInstallation } from '../../../engine/installations/installations.ts';
import { type Queries, type Store, sqlState } from '../../../engine/store/port.ts';
import { isOpenTo } from '../../presenter/open-to.ts';
import { type Finding, ok, problem, warn } from './finding.ts';

/** The app that many workspaces install: whether browsers reach it, and whether its workspaces still take its tokens. */
export async function lookAtInstalling(config: Config): Promise<Finding> {
  const { publicUrl, slack } = config;
  const name = 'slack';
  if (slack.appToken !== null)
    return problem(
      name,
      'no way to install it',
      'SLACK_APP_TOKEN is set, but workspaces install an app over HTTP',
      'set SLACK_SIGNING_SECRET instead',
    );
  if (publicUrl === null || !publicUrl.startsWith('https://'))
    return problem(
      name,
      'no way to install it',
      'PQL_PUBLIC_URL is no https:// address, and Slack sends browsers to no other',
      'set PQL_PUBLIC_URL=https://films.example.org, where a proxy has the certificate',
    );
  const { workspaces } = slack;
  const others = workspaces === null ? 'others' : `${workspaces.length} that SLACK_WORKSPACES names may`;
  const where = `${others} install it at ${publicUrl}/slack/install`;
  try {
    const kept = await inDatabase(config, async (queries) => installationsIn(config, queries));
    return await lookAtWorkspaces(kept, config.slack, where);
  } catch (error) {
    if (error instanceof HomeHeld)
      return warn(name, where, error.message, 'run pql doctor again when it has ended to try the tokens');
    throw error;
  }
}

/** Those that are kept; none where there is no home yet, which is not made for this. */
async function installationsIn(
  { home, slack }: Config,
  queries: Queries | null,
): Promise<KeptInstallation[]> {
  if (queries === null) return [];
  const { openInstallations } = await import('../../../engine/installations/installations.ts');
  const { slackSecretFile } = await import('../../../engine/installations/secret.ts');
  const secret = slack.sealing ?? (await readFile(slackSecretFile(home), 'utf8').catch(() => '')).trim();
  return openInstallations(queries, secret)
    .all()
    .catch((error: unknown) => {
      // Of before the table: what is said of the database says what to do.
      if (sqlState(error) === '42P01') return [];
      throw error;
    });
}

async function inDatabase<T>(
  { home, databaseUrl }: Config,
  look: (queries: Queries | null) => Promise<T>,
): Promise<T> {
  const within = async (store: Store) => {
    try {
      return await look(store);
    } finally {
      await store[Symbol.asyncDispose]();
    }
  };
  if (databaseUrl !== null) {
    const { openPostgres } = await import('../../../engine/store/postgres.ts');
    return within(await openPostgres(databaseUrl, { connections: 1 }));
  }
  if ((await stat(home).catch(() => null)) === null) return look(null);
  const { openHome } = await import('../../../engine/home.ts');
  const held = await openHome(home);
  try {
    return await within(await held.openStore());
  } finally {
    await held[Symbol.asyncDispose]();
  }
}

/** Whether each workspace still takes its token, and whether that may do what is needed. `where` others install the app. */
export async function lookAtWorkspaces(
  all: readonly KeptInstallation[],
  { apiUrl, workspaces }: Pick<Config['slack'], 'apiUrl' | 'workspaces'>,
  where: string,
): Promise<Finding> {
  const [{ whoAmI }, { openClient, silent }, { botScopes }] = await Promise.all([
    import('../../slack/who-am-i.ts'),
    import('../../slack/clients.ts'),
    import('../../slack/scopes.ts'),
  ]);
  const named = ({ name, team }: KeptInstallation) => `${name} (${team})`;
  const shut = all.filter(({ token }) => token === null);
  const count = `in ${all.length} workspace${all.length === 1 ? '' : 's'}; ${where}`;
  if (shut.length > 0)
    return problem(
      'slack',
      count,
      `the tokens of ${shut.map(named).join(', ')} were sealed with another PQL_SLACK_SECRET`,
      'set the one that sealed them, or install the app there anew',
    );
  const left = all.filter(({ team }) => !isOpenTo(workspaces, team));
  if (left.length > 0)
    return warn(
      'slack',
      count,
      `${left.map(named).join(', ')} installed it, but SLACK_WORKSPACES does not name ${left.length === 1 ? 'it' : 'them'}: nobody is answered there`,
      'name them there, or have the app taken out there',
    );
  const refused: string[] = [];
  for (const one of all.slice(0, mostTried)) {
    const why = await whoAmI(openClient(one.token!, apiUrl, silent)).then(
      ({ scopes }) => {
        const missing = Object.keys(botScopes).filter((scope) => !scopes.includes(scope));
        return missing.length === 0 ? null : `the token lacks ${missing.join(', ')}`;
      },
      (error: Error) => error.message,
    );
    if (why !== null) refused.push(`${named(one)}: ${why}`);
  }
  if (refused.length > 0)
    return warn('slack', count, refused.join('; '), 'install the app there anew, if it is still wanted');
  return ok(
    'slack',
    count,
    all.length === 0 ? 'none has installed it yet' : 'their tokens may do all that is needed',
  );
}

/** auth.test may be asked hundreds of times a minute; nobody reads about more workspaces. */
const mostTried = 50;
