import { readFile } from 'node:fs/promises';
import { startChild } from '../process/child.ts';

/** Options for pacote that say which registry is asked and how: address, proxy, certificates, credentials. */
export type Registry = Readonly<Record<string, unknown>>;

const settings = {
  registry: 'registry',
  proxy: 'proxy',
  'https-proxy': 'httpsProxy',
  noproxy: 'noProxy',
  ca: 'ca',
  cafile: 'cafile',
  'strict-ssl': 'strictSSL',
  'fetch-retries': 'fetchRetries',
  'fetch-timeout': 'fetchTimeout',
} as const;

/** Asks npm which registry its user configured, so that models come from where packages come from. Where npm cannot be asked, pacote's
 * own defaults hold. `folder` is where npm looks for a project's `.npmrc`; `environment` fills `${NAME}` in credentials. */
export async function npmRegistry(
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
  signal?: AbortSignal,
): Promise<Registry> {
  const listed = await npmConfig(folder, signal);
  if (!listed) return {};
  const options: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(listed)) {
    const name = (settings as Record<string, string>)[key] ?? (/^@[^:]+:registry$/.test(key) ? key : null);
    if (name && value !== null && value !== '') options[name] = value;
  }
  // npm never prints credentials, so they are read where it reads them.
  for (const file of [listed.globalconfig, listed.userconfig, `${folder}/.npmrc`]) {
    if (typeof file === 'string') Object.assign(options, await credentials(file, environment));
  }
  return options;
}

async function npmConfig(folder: string, signal?: AbortSignal): Promise<Record<string, unknown> | null> {
  const child = startChild('npm', ['config', 'list', '--json', '--loglevel=silent'], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    ...(signal ? { signal } : {}),
  });
  let text = '';
  child.process.stdout?.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  try {
    const { code } = await child.ended;
    signal?.throwIfAborted();
    return code === 0 ? (JSON.parse(text) as Record<string, unknown>) : null;
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

async function credentials(
  file: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Record<string, string>> {
  const text = await readFile(file, 'utf8').catch(() => '');
  const lines = text.split(/\r?\n/).flatMap((line) => {
    const match = /^\s*(\/\/[^=\s]+)\s*=\s*(.*?)\s*$/.exec(line);
    return match?.[1] && match[2] ? [[match[1], match[2]] as const] : [];
  });
  return Object.fromEntries(
    lines.map(([key, value]) => [
      key,
      value.replace(/^"(.*)"$/, '$1').replace(/\$\{([^}]+)\}/g, (whole, name) => environment[name] ?? whole),
    ]),
  );
}
