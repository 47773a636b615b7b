import type { Queries } from '../store/port.ts';
import { keyFor, seal, unseal } from './sealed.ts';

/** A Slack workspace that has installed the app by itself. */
export interface Installation {
  /** `T1`. */
  team: string;
  name: string;
  app: string;
  /** The bot there, as an app and as a member. */
  bot: string;
  botUser: string;
  scopes: readonly string[];
  /** Who installed it. */
  by: string;
  token: string;
}

/** One as it is kept; its token is null where another key sealed it. */
export interface KeptInstallation extends Omit<Installation, 'token'> {
  token: string | null;
  sealed: string;
}

/** The workspaces that one bot serves. */
export interface Installations {
  /** Installed anew, the latest token is the one that counts. */
  put(installation: Installation): Promise<void>;
  of(team: string): Promise<KeptInstallation | null>;
  all(): Promise<KeptInstallation[]>;
  /** Forgets one, unless it was installed anew since it was read. */
  remove(installation: Pick<KeptInstallation, 'team' | 'sealed'>): Promise<void>;
}

/** Those of a database. Tokens are sealed with a key of `secret`, which the database does not hold. */
export function openInstallations(queries: Queries, secret: string): Installations {
  const key = keyFor(secret, 'slack tokens');
  const opened = ({ scopes, ...row }: Row): KeptInstallation => ({
    ...row,
    scopes: scopes.split(',').filter((scope) => scope !== ''),
    token: unseal(key, row.sealed, row.team),
  });
  return {
    async put(installation) {
      await write(queries, installation, seal(key, installation.token, installation.team));
    },
    async of(team) {
      const [row] = await queries.query<Row>(`select ${columns} from slack_installations where team = $1`, [
        team,
      ]);
      return row === undefined ? null : opened(row);
    },
    async all() {
      const rows = await queries.query<Row>(`select ${columns} from slack_installations order by team`);
      return rows.map(opened);
    },
    async remove({ team, sealed }) {
      await queries.query('delete from slack_installations where team = $1 and sealed = $2', [team, sealed]);
    },
  };
}

type Row = Omit<KeptInstallation, 'token' | 'scopes'> & { scopes: string };

const columns = 'team, name, app, bot, bot_user as "botUser", scopes, installed_by as by, sealed';

async function write(queries: Queries, installation: Installation, sealed: string): Promise<void> {
  const { team, name, app, bot, botUser, scopes, by } = installation;
  await queries.query(
    `insert into slack_installations (team, name, app, bot, bot_user, scopes, installed_by, sealed)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (team) do update set name = $2, app = $3, bot = $4, bot_user = $5, scopes = $6, installed_by = $7, sealed = $8,
                                      installed_at = clock_timestamp()`,
    [team, name, app, bot, botUser, scopes.join(','), by, sealed],
  );
}
