import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { readConfig } from '../../engine/config.ts';

test('needs nothing from the environment', () => {
  const { config, problems } = readConfig({}, '/films');
  expect(problems).toEqual([]);
  expect(config).toMatchObject({
    home: '/films/.pql',
    databaseUrl: null,
    redisUrl: null,
    exportRoot: '/films',
    importRoot: '/',
    folder: '/films',
    color: false,
    logLevel: 'warn',
    user: 'local',
  });
});

test('takes paths relative to the folder it is run in, and names of programs as names', () => {
  const { config } = readConfig(
    { PQL_HOME: 'data', PQL_EXPORT_ROOT: '../out', FFMPEG_PATH: 'ffmpeg-6', FFPROBE_PATH: './bin/ffprobe' },
    '/films/today',
  );
  expect(config).toMatchObject({
    home: '/films/today/data',
    exportRoot: '/films/out',
    ffmpegPath: 'ffmpeg-6',
    ffprobePath: '/films/today/bin/ffprobe',
  });
});

test.each([
  [{ XDG_CACHE_HOME: '/var/cache/me', HOME: '/home/me' }, '/var/cache/me/watchai'],
  [{ XDG_CACHE_HOME: 'cache', HOME: '/home/me' }, '/home/me/.cache/watchai'],
  [{ HOME: '/home/me' }, '/home/me/.cache/watchai'],
  [{ PQL_HOME: '/data' }, '/data/cache'],
  [{ HOME: '/proc/1', XDG_CACHE_HOME: '/sys', PQL_HOME: '/data' }, '/data/cache'],
])('keeps with %o what can be made again in %s', (env, cache) => {
  expect(readConfig(env, '/films').config.cache).toBe(cache);
});

test.each([
  [{ TERM: 'xterm' }, true],
  [{ TERM: 'xterm', NO_COLOR: '' }, true],
  [{ TERM: 'xterm', NO_COLOR: '1' }, false],
  [{ TERM: 'dumb' }, false],
  [{}, false],
])('knows from %o whether colours are wanted: %s', (env, color) => {
  expect(readConfig(env, '/').config.color).toBe(color);
});

test.each([
  ['127.0.0.1:9464', { host: '127.0.0.1', port: 9464 }],
  ['9464', { host: '127.0.0.1', port: 9464 }],
  [':9464', { host: '127.0.0.1', port: 9464 }],
  ['0.0.0.0:80', { host: '0.0.0.0', port: 80 }],
  ['metrics.internal:0', { host: 'metrics.internal', port: 0 }],
  ['[::1]:9464', { host: '::1', port: 9464 }],
])('shows metrics at PQL_METRICS=%s', (said, address) => {
  const { config, problems } = readConfig({ PQL_METRICS: said }, '/');
  expect([config.metrics, problems]).toEqual([address, []]);
});

test.each([
  'on',
  'http://host:1',
  'host',
  'host:',
  'a:65536',
  '::1:9464',
  'ho st:1',
  'x:1/metrics',
])('asks for host:port where PQL_METRICS=%s', (said) => {
  const { config, problems } = readConfig({ PQL_METRICS: said }, '/');
  expect(config.metrics).toBeNull();
  expect(problems).toEqual([{ variable: 'PQL_METRICS', problem: 'is no host:port such as 127.0.0.1:9464' }]);
});

test('serves pages at PQL_WEB, and says in its own name where it is no address', () => {
  expect(readConfig({ PQL_WEB: '8080' }, '/').config.web).toEqual({ host: '127.0.0.1', port: 8080 });
  expect(readConfig({}, '/').config.web).toBeNull();
  expect(readConfig({ PQL_WEB: 'on' }, '/').problems).toEqual([
    { variable: 'PQL_WEB', problem: 'is no host:port such as 127.0.0.1:8080' },
  ]);
});

test.each([
  ['https://films.example.org', 'https://films.example.org'],
  ['https://films.example.org/', 'https://films.example.org'],
  ['http://localhost:8080', 'http://localhost:8080'],
])('gives links below PQL_PUBLIC_URL=%s', (said, base) => {
  const { config, problems } = readConfig({ PQL_PUBLIC_URL: said }, '/');
  expect([config.publicUrl, problems]).toEqual([base, []]);
});

test.each([
  'films.example.org',
  'ftp://films.example.org',
  'https://example.org/watchai',
  'https://films.example.org/?a=1',
  'https://films.example.org/#a',
  'https://me:secret@films.example.org',
])('says what is wrong with PQL_PUBLIC_URL=%s, without the secret in it', (said) => {
  const { config, problems } = readConfig({ PQL_PUBLIC_URL: said }, '/');
  expect(config.publicUrl).toBeNull();
  expect(problems).toMatchObject([{ variable: 'PQL_PUBLIC_URL' }]);
  expect(JSON.stringify(problems)).not.toContain('secret');
});

test('treats an empty variable as an absent one', () => {
  const { config, problems } = readConfig({ PQL_HOME: '', DATABASE_URL: ' ', PQL_LOG: '' }, '/films');
  expect(problems).toEqual([]);
  expect(config).toMatchObject({ home: '/films/.pql', databaseUrl: null });
});

test('public requests go to the moderators at the terminal, or to those of a chat', () => {
  const said = (value?: string) => readConfig({ PQL_WEB_WORKSPACE: value }, '/');
  expect(said().config.webWorkspace).toBe('local');
  for (const name of ['local', 'discord:123456789012345678', 'slack:T0123ABCD'])
    expect(said(name)).toMatchObject({ config: { webWorkspace: name }, problems: [] });
  expect(said('my server').problems).toMatchObject([{ variable: 'PQL_WEB_WORKSPACE' }]);
});

test.each([
  ['SLACK_WORKSPACES', 'T0123ABCD, T0456EFGH', 'harbour'],
  ['DISCORD_SERVERS', '812345678901234567 812345678901234568', '#films'],
])('%s names whom a bot is open to; where it cannot be read, nobody is', (variable, fine, wrong) => {
  const read = (value?: string) => {
    const { config, problems } = readConfig({ [variable]: value }, '/');
    const open = variable === 'SLACK_WORKSPACES' ? config.slack.workspaces : config.discord.servers;
    return { open, problems: problems.map((problem) => problem.variable) };
  };
  expect(read()).toEqual({ open: null, problems: [] });
  expect(read(fine)).toEqual({ open: fine.match(/\w+/g), problems: [] });
  for (const value of [wrong, ',']) expect(read(value)).toEqual({ open: [], problems: [variable] });
});

test.each([
  ['DATABASE_URL', 'mysql://me:hunter2@db/films'],
  ['REDIS_URL', 'hunter2'],
  ['PQL_LOG', 'hunter2'],
  ['PQL_NOTIFY_SECRET', 'hunter2'],
  ['PQL_HOME', 'hunter2\0'],
  ['PQL_CACHE_BYTES', 'hunter2'],
])('names a wrong %s without repeating what may be secret', (variable, value) => {
  const { problems } = readConfig({ [variable]: value }, '/films');
  expect(problems).toMatchObject([{ variable }]);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});

test('refuses a queue server without a database that workers elsewhere reach', () => {
  const redis = { REDIS_URL: 'redis://queue:6379' };
  expect(readConfig(redis, '/films').problems).toEqual([
    {
      variable: 'REDIS_URL',
      problem:
        'is set without DATABASE_URL: it rings for workers elsewhere, who need a database that they reach; set DATABASE_URL too, or unset REDIS_URL',
    },
  ]);
  const both = readConfig({ ...redis, DATABASE_URL: 'postgres://db/films' }, '/films');
  expect(both.problems).toEqual([]);
  expect(both.config).toMatchObject({ redisUrl: redis.REDIS_URL });
});

test('accepts a notify secret of 24 to 64 bytes, with or without its prefix', () => {
  const key = Buffer.alloc(32, 7).toString('base64');
  for (const value of [key, `whsec_${key}`])
    expect(readConfig({ PQL_NOTIFY_SECRET: value }, '/').config.notifySecret).toBe(value);
});

test('accepts an Ed25519 key to sign grants with, and nothing else', () => {
  const { privateKey } = generateKeyPairSync('ed25519');
  const key = privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64');
  expect(readConfig({ PQL_CONSENT_KEY: key }, '/').config.consentKey).toBe(key);
  const { config, problems } = readConfig({ PQL_CONSENT_KEY: Buffer.alloc(48, 7).toString('base64') }, '/');
  expect(config.consentKey).toBe(null);
  expect(problems).toMatchObject([
    { variable: 'PQL_CONSENT_KEY', problem: expect.stringContaining('openssl') },
  ]);
});

test('accepts keys of 32 bytes to seal faces with, the newest first, and nothing else', () => {
  const [one, two] = [1, 2].map((each) => Buffer.alloc(32, each).toString('base64'));
  expect(readConfig({ PQL_FACES_KEY: `${one},${two}` }, '/').config.facesKey).toBe(`${one},${two}`);
  for (const wrong of ['secret', `${one},${two!.slice(4)}`, `${one}!`]) {
    const { config, problems } = readConfig({ PQL_FACES_KEY: wrong }, '/');
    expect(config.facesKey).toBe(null);
    expect(problems).toMatchObject([
      { variable: 'PQL_FACES_KEY', problem: expect.stringContaining('openssl rand') },
    ]);
  }
});

test.each([
  '/proc/home',
  '/sys',
  '../../proc/self',
])('refuses a home at %s, where making a folder never ends', (home) => {
  const { config, problems } = readConfig({ PQL_HOME: home }, '/films/today');
  expect(problems).toEqual([
    { variable: 'PQL_HOME', problem: 'lies below /proc or /sys, where nothing can be kept' },
  ]);
  expect(config.home).toBe('/films/today/.pql');
});

const served = { DATABASE_URL: 'postgres://db/films' };

test.each([
  ['store', { type: 'folder', folder: '/films/store' }],
  ['/mnt/store', { type: 'folder', folder: '/mnt/store' }],
  ['s3://films', { type: 's3', bucket: 'films', prefix: '', endpoint: null, region: null }],
  ['s3://films/of/ada/', { type: 's3', bucket: 'films', prefix: 'of/ada', endpoint: null, region: null }],
])('keeps the results that machines share in %s', (value, artifacts) => {
  const { config, problems } = readConfig({ ...served, PQL_ARTIFACTS: value }, '/films');
  expect(problems).toEqual([]);
  expect(config).toMatchObject({ artifacts, cacheBytes: 20e9 });
});

test('takes the address of an object store from where its own tools do', () => {
  const env = {
    ...served,
    PQL_ARTIFACTS: 's3://films',
    AWS_ENDPOINT_URL: 'http://store:9000',
    AWS_REGION: 'eu',
  };
  expect(readConfig(env, '/').config.artifacts).toMatchObject({
    endpoint: 'http://store:9000',
    region: 'eu',
  });
  const both = { ...env, AWS_ENDPOINT_URL_S3: 'http://objects:9000' };
  expect(readConfig(both, '/').config.artifacts).toMatchObject({ endpoint: 'http://objects:9000' });
});

test.each([
  [{ ...served, PQL_ARTIFACTS: 's3://Films!' }, 'PQL_ARTIFACTS', 'neither a folder nor'],
  [{ ...served, PQL_ARTIFACTS: 's3://me:hunter2@films' }, 'PQL_ARTIFACTS', 'neither a folder nor'],
  [{ ...served, PQL_ARTIFACTS: 'http://films' }, 'PQL_ARTIFACTS', 'neither a folder nor'],
  [{ ...served, PQL_ARTIFACTS: 's3://films/a/../b' }, 'PQL_ARTIFACTS', 'dots'],
  [{ ...served, PQL_ARTIFACTS: '/proc/films' }, 'PQL_ARTIFACTS', 'below /proc'],
  [{ ...served, PQL_ARTIFACTS: 's3://films', AWS_ENDPOINT_URL: 'store' }, 'AWS_ENDPOINT_URL', 'is no URL'],
  [{ PQL_ARTIFACTS: '/mnt/films' }, 'PQL_ARTIFACTS', 'set without DATABASE_URL'],
  [{ PQL_CACHE_BYTES: '20' }, 'PQL_CACHE_BYTES', '20GB'],
])('says what is wrong with %o', (env, variable, problem) => {
  const { problems } = readConfig(env, '/films');
  expect(problems).toEqual([{ variable, problem: expect.stringContaining(problem) }]);
  expect(JSON.stringify(problems)).not.toContain('hunter2');
});

test.each([
  ['20GB', 20e9],
  ['0B', 0],
  ['1.5 GiB', 1.5 * 2 ** 30],
  ['500mb', 5e8],
])('keeps %s near', (value, bytes) => {
  const { config, problems } = readConfig({ PQL_CACHE_BYTES: value }, '/films');
  expect([config.cacheBytes, problems]).toEqual([bytes, []]);
});

test.each<[Record<string, string>, object | null]>([
  [{}, null],
  [
    { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318/' },
    { url: 'http://collector:4318/v1/traces', headers: {}, service: 'watchai' },
  ],
  [
    {
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example.org/take',
      OTEL_EXPORTER_OTLP_HEADERS: 'Authorization=Bearer%20abc123,x-team=films',
      OTEL_SERVICE_NAME: 'render',
    },
    {
      url: 'https://traces.example.org/take',
      headers: { authorization: 'Bearer abc123', 'x-team': 'films' },
      service: 'render',
    },
  ],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_SDK_DISABLED: 'true' }, null],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_TRACES_EXPORTER: 'none' }, null],
  [{ OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4317', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, null],
])('sends traces for %j', (env, traces) => {
  const { config, problems } = readConfig(env, '/');
  expect(config.traces).toEqual(traces);
  expect(problems).toEqual([]);
});

test('keeps what the headers of traces hold out of the log, and says when they are none', () => {
  const said = {
    OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
    OTEL_EXPORTER_OTLP_HEADERS: 'key=abcdef123',
  };
  expect(readConfig(said, '/').config.secrets).toContain('abcdef123');
  expect(readConfig({ ...said, OTEL_EXPORTER_OTLP_HEADERS: 'no header' }, '/').problems).toEqual([
    { variable: 'OTEL_EXPORTER_OTLP_HEADERS', problem: 'is no list such as name=value,other=value' },
  ]);
});

test('reads the app that many Slack workspaces install, whole and alone', () => {
  const key = Buffer.alloc(32, 7).toString('base64');
  const app = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'of the client' };
  expect(readConfig({ ...app, PQL_SLACK_SECRET: key }, '/').config.slack).toMatchObject({
    client: { id: '1.2', secret: 'of the client' },
    sealing: key,
  });
  const wrong = (env: Record<string, string>) =>
    readConfig(env, '/').problems.map(({ variable, problem }) => `${variable} ${problem}`);
  expect(wrong({ SLACK_CLIENT_ID: '1.2' })).toEqual(['SLACK_CLIENT_ID is set without SLACK_CLIENT_SECRET']);
  expect(wrong({ SLACK_CLIENT_SECRET: 'x' })).toEqual(['SLACK_CLIENT_SECRET is set without SLACK_CLIENT_ID']);
  expect(wrong({ ...app, SLACK_BOT_TOKEN: 'xoxb-1' })).toEqual([
    expect.stringContaining('SLACK_CLIENT_ID is set beside SLACK_BOT_TOKEN'),
  ]);
  expect(wrong({ PQL_SLACK_SECRET: 'short' })).toEqual([
    expect.stringContaining('PQL_SLACK_SECRET is no base64'),
  ]);
});

test('a time stamp authority has an address of the web', () => {
  const { config, problems } = readConfig({ PQL_C2PA_TSA: 'https://stamps.example.org/tsa' }, '/');
  expect([config.timeAuthority, problems]).toEqual(['https://stamps.example.org/tsa', []]);
  expect(readConfig({ PQL_C2PA_TSA: 'stamps' }, '/').problems).toMatchObject([{ variable: 'PQL_C2PA_TSA' }]);
});
