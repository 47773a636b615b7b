import { isAbsolute, resolve } from 'node:path';
import { type ArtifactPlace, readByteCount, readPlace } from './artifacts/place.ts';
import { type DiscordConfig, readDiscord, readSlack, type SlackConfig } from './config/chats.ts';
import { sealingKeys, secret, signingKey } from './config/keys.ts';
import { secretsIn } from './log/secrets-in.ts';
import { type OwnFiles, readOwnFiles } from './provenance/own-files.ts';
import { readTraces, type TracesPlace } from './traces/place.ts';

const logLevels = ['silent', 'error', 'warn', 'info', 'debug'] as const;
export type LogLevel = (typeof logLevels)[number];

/** What the surroundings say, read once at the start. Paths are absolute. */
export interface Config {
  /** Holds the embedded database, the artifacts and the model store. */
  home: string;
  /** Of this person, for what can be made again: https://specifications.freedesktop.org/basedir-spec. */
  cache: string;
  /** A PostgreSQL server instead of the embedded database. */
  databaseUrl: string | null;
  /** A Redis server that rings for workers elsewhere; only with a database that they reach too. */
  redisUrl: string | null;
  /** Where artifacts are kept that several machines share; null for the home of each. */
  artifacts: ArtifactPlace | null;
  /** How much of those this machine keeps near. */
  cacheBytes: number;
  ffmpegPath: string | null;
  ffprobePath: string | null;
  /** Under which TO writes. */
  exportRoot: string;
  /** Under which files in operands must lie. */
  importRoot: string;
  /** Where relative paths in operands start. */
  folder: string;
  /** Signs call-backs, `whsec_` and base64; null when a key of our own in the home does. */
  notifySecret: string | null;
  /** The key that signs grants, PKCS #8 in DER and base64; null when a key of our own in the home does. Machines of one database share it. */
  consentKey: string | null;
  /** Keys that seal what faces are known by, base64, the first for new ones; null when one of our own in the home does. Machines of one database share them. */
  facesKey: string | null;
  /** Files in PEM that sign content credentials: the chain and its key; null when a test certificate of our own in the home does. */
  c2pa: OwnFiles | null;
  /** A time stamp authority (RFC 3161) that says when something was signed; null for none. */
  timeAuthority: string | null;
  /** A file in PEM of authorities whose time stamps VERIFY believes; null for none. */
  timeRoots: string | null;
  /** False for NO_COLOR (https://no-color.org) and dumb terminals; whether output is a terminal, the front end knows. */
  color: boolean;
  /** The kind of terminal, `dumb` for none. */
  terminal: string;
  logLevel: LogLevel;
  /** Where a process that lives long shows its metrics; null for nowhere. */
  metrics: { host: string; port: number } | null;
  /** Where traces are sent; null for nowhere. */
  traces: TracesPlace | null;
  /** The bot in Discord. */
  discord: DiscordConfig;
  /** Where the pages for people outside the chats are served; null for nowhere. */
  web: { host: string; port: number } | null;
  /** How those pages are reached from outside, without a slash at its end: `https://films.example.org`; null where they are not. */
  publicUrl: string | null;
  /** Whose moderators answer what people ask on those pages: `local` at the terminal, `discord:<server>`, `slack:<workspace>`. */
  webWorkspace: string;
  /** The app in a Slack workspace. */
  slack: SlackConfig;
  /** What the log must never show, wherever it stands. */
  secrets: readonly string[];
  /** Who is at the terminal. */
  user: string;
}

/** One wrong variable and what it should be. */
export interface ConfigProblem {
  variable: string;
  problem: string;
}

/** The environment as a Config, with what is wrong in it. The one reader of the environment: everybody else is handed the Config. */
export function readConfig(
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): { config: Config; problems: ConfigProblem[] } {
  const problems: ConfigProblem[] = [];
  const text = (name: string) => {
    const value = env[name]?.trim();
    if (value?.includes('\0')) problems.push({ variable: name, problem: 'holds a NUL character' });
    return value === undefined || value === '' || value.includes('\0') ? null : value;
  };
  const path = (name: string) => {
    const value = text(name);
    if (value === null) return null;
    if (!isOfKernel(resolve(cwd, value))) return resolve(cwd, value);
    problems.push({ variable: name, problem: 'lies below /proc or /sys, where nothing can be kept' });
    return null;
  };
  const url = (name: string, protocols: readonly string[]) => {
    const value = text(name);
    if (value === null) return null;
    if (URL.canParse(value) && protocols.includes(new URL(value).protocol)) return value;
    // The value itself may hold a password: name the variable only.
    problems.push({ variable: name, problem: `is no URL beginning with ${protocols.join('// or ')}//` });
    return null;
  };
  const level = text('PQL_LOG')?.toLowerCase() ?? null;
  const known = logLevels.find((candidate) => candidate === level) ?? null;
  if (level !== null && known === null)
    problems.push({ variable: 'PQL_LOG', problem: `is none of ${logLevels.join(', ')}` });
  const place = artifacts(text('PQL_ARTIFACTS'), path, cwd, problems, () => ({
    endpoint: url('AWS_ENDPOINT_URL_S3', ['http:', 'https:']) ?? url('AWS_ENDPOINT_URL', ['http:', 'https:']),
    region: text('AWS_REGION') ?? text('AWS_DEFAULT_REGION'),
  }));
  if (place !== null && text('DATABASE_URL') === null)
    problems.push({
      variable: 'PQL_ARTIFACTS',
      problem:
        'is set without DATABASE_URL: machines that share results share a database too; set it, or unset PQL_ARTIFACTS',
    });
  const databaseUrl = url('DATABASE_URL', ['postgres:', 'postgresql:']);
  const redisUrl = url('REDIS_URL', ['redis:', 'rediss:']);
  if (redisUrl !== null && databaseUrl === null && text('DATABASE_URL') === null)
    problems.push({
      variable: 'REDIS_URL',
      problem:
        'is set without DATABASE_URL: it rings for workers elsewhere, who need a database that they reach; set DATABASE_URL too, or unset REDIS_URL',
    });
  const terminal = text('TERM') ?? 'dumb';
  const home = path('PQL_HOME') ?? resolve(cwd, '.pql');
  return {
    config: {
      home,
      cache: cacheFolder(text('XDG_CACHE_HOME'), text('HOME'), home),
      databaseUrl,
      redisUrl,
      artifacts: place,
      cacheBytes: byteCount(text, 'PQL_CACHE_BYTES', problems) ?? defaultCache,
      ffmpegPath: command(text('FFMPEG_PATH'), cwd),
      ffprobePath: command(text('FFPROBE_PATH'), cwd),
      exportRoot: path('PQL_EXPORT_ROOT') ?? cwd,
      importRoot: path('PQL_IMPORT_ROOT') ?? '/',
      folder: cwd,
      notifySecret: secret(text('PQL_NOTIFY_SECRET'), 'PQL_NOTIFY_SECRET', problems),
      consentKey: signingKey(text('PQL_CONSENT_KEY'), problems),
      facesKey: sealingKeys(text('PQL_FACES_KEY'), problems),
      c2pa: readOwnFiles(path, problems),
      timeAuthority: url('PQL_C2PA_TSA', ['https:', 'http:']),
      timeRoots: path('PQL_C2PA_TSA_ROOTS'),
      color: (env.NO_COLOR ?? '') === '' && terminal !== 'dumb',
      terminal,
      logLevel: known ?? 'warn',
      traces: readTraces(text, url, problems),
      secrets: secretsIn(env),
      metrics: address(text, 'PQL_METRICS', 9464, problems),
      discord: readDiscord(text, url, problems),
      web: address(text, 'PQL_WEB', 8080, problems),
      publicUrl: base(url('PQL_PUBLIC_URL', ['https:', 'http:']), problems),
      webWorkspace: workspace(text('PQL_WEB_WORKSPACE'), problems),
      slack: readSlack(text, url, address(text, 'SLACK_LISTEN', 3000, problems), problems),
      user: text('USER') ?? text('LOGNAME') ?? 'local',
    },
    problems,
  };
}

/** The inputs of a day's work, for most. */
const defaultCache = 20e9;

function artifacts(
  value: string | null,
  path: (name: string) => string | null,
  cwd: string,
  problems: ConfigProblem[],
  s3: () => { endpoint: string | null; region: string | null },
): ArtifactPlace | null {
  if (value === null) return null;
  const place = readPlace(value, cwd, s3);
  if ('problem' in place) problems.push({ variable: 'PQL_ARTIFACTS', problem: place.problem });
  // Read as a path like the others, for what is wrong with those.
  else if (place.type === 's3' || path('PQL_ARTIFACTS') !== null) return place;
  return null;
}

function byteCount(
  text: (name: string) => string | null,
  name: string,
  problems: ConfigProblem[],
): number | null {
  const value = text(name);
  if (value === null) return null;
  const bytes = readByteCount(value);
  if (bytes === null) problems.push({ variable: name, problem: 'is no amount such as 20GB or 500MB' });
  return bytes;
}

/** What is not absolute counts as not set, says the specification. */
function cacheFolder(cache: string | null, person: string | null, home: string): string {
  if (cache !== null && isAbsolute(cache) && !isOfKernel(cache)) return resolve(cache, 'watchai');
  return person !== null && isAbsolute(person) && !isOfKernel(person)
    ? resolve(person, '.cache/watchai')
    : resolve(home, 'cache');
}

/** Node's recursive mkdir never ends below /proc, which answers that the parent is missing while it is there. */
function isOfKernel(path: string): boolean {
  return /^\/(?:proc|sys)(?:\/|$)/.test(path);
}

/** A name to be found on the path stays a name. */
function command(value: string | null, cwd: string): string | null {
  if (value === null || isAbsolute(value) || !value.includes('/')) return value;
  return resolve(cwd, value);
}

/** `host:port`, `[::1]:port`, or a port of this machine alone. */
function address(
  text: (name: string) => string | null,
  variable: string,
  usual: number,
  problems: ConfigProblem[],
): Config['metrics'] {
  const value = text(variable);
  if (value === null) return null;
  const [, six, name, digits] = /^(?:(?:\[([\da-f:.]+)\]|([\w.-]*)):)?(\d{1,5})$/i.exec(value) ?? [];
  const port = Number(digits ?? Number.NaN);
  if (port <= 65_535) return { host: (six ?? name) || '127.0.0.1', port };
  problems.push({ variable, problem: `is no host:port such as 127.0.0.1:${usual}` });
  return null;
}

/** As the surfaces call theirs. */
function workspace(value: string | null, problems: ConfigProblem[]): string {
  if (value === null || /^(?:local|discord:\d{15,20}|slack:[A-Z0-9]{5,20})$/.test(value))
    return value ?? 'local';
  problems.push({
    variable: 'PQL_WEB_WORKSPACE',
    problem: 'is none of local, discord:<id of the server>, slack:<id of the workspace>',
  });
  return 'local';
}

/** A place that paths are put behind, without a slash at its end. */
function base(value: string | null, problems: ConfigProblem[]): string | null {
  if (value === null) return null;
  const { href, origin } = new URL(value);
  if (href === `${origin}/`) return origin;
  problems.push({
    variable: 'PQL_PUBLIC_URL',
    problem:
      'is more than a place such as https://films.example.org: leave out paths, ?, # and whatever stands before an @',
  });
  return null;
}
