import { createHash } from 'node:crypto';
import {
  type APIApplicationCommand,
  type REST,
  type RESTPostAPIApplicationCommandsJSONBody,
  Routes,
} from 'discord.js';

type Declared = RESTPostAPIApplicationCommandsJSONBody;

/** What registering came to: nothing where Discord has these commands already. */
export interface Registered {
  changed: boolean;
  /** `+ /enhance`, `- /old`, `~ /pql: options.query.description`. */
  diff: readonly string[];
}

/** Writes the commands only where Discord has others: asked each time, since what somebody else wrote there counts, and a new process has no
 * memory. Writing is counted by Discord (200 new ones a day). */
export async function register(
  rest: REST,
  application: string,
  declared: readonly Declared[],
  signal?: AbortSignal,
): Promise<Registered> {
  const route = Routes.applicationCommands(application);
  const there = (await rest.get(route, { signal })) as APIApplicationCommand[];
  const [wanted, had] = [declared, there].map((list) => list.map((each) => normal(each)));
  if (hashOf(wanted!) === hashOf(had!)) return { changed: false, diff: [] };
  await rest.put(route, { body: declared, signal });
  return { changed: true, diff: diffOf(had!, wanted!) };
}

/** A command without what Discord adds to it, and with what it leaves out. */
interface Normal {
  /** `/pql`, or the name of a message command. */
  name: string;
  /** Everything about it, by path. */
  fields: ReadonlyMap<string, string>;
}

const added = ['id', 'application_id', 'version', 'guild_id', 'nsfw', 'default_permission', 'dm_permission'];

function normal(command: Declared | APIApplicationCommand): Normal {
  const fields = new Map<string, string>();
  gather(command, '', fields);
  const slash = (command.type ?? 1) === 1;
  return { name: slash ? `/${command.name}` : command.name, fields };
}

function gather(value: unknown, path: string, fields: Map<string, string>): void {
  if (Array.isArray(value)) {
    value.forEach((each, at) => {
      const name = (each as { name?: string } | null)?.name;
      // By name, so that a diff speaks of `options.upscale`; the order counts too.
      gather(each, `${path}.${name ?? at}`, fields);
      if (name !== undefined) fields.set(`${path}.${name}.place`, String(at));
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, each] of Object.entries(value)) {
      const outer = path === '' && (added.includes(key) || /_locali[sz]/.test(key));
      if (!outer && !/_localiz/.test(key)) gather(each, `${path}.${key}`, fields);
    }
    // Empty, absent, null and false are one.
  } else if (value !== undefined && value !== null && value !== '' && value !== false)
    fields.set(path, String(value));
}

function hashOf(commands: readonly Normal[]): string {
  const sorted = commands.map(({ name, fields }) => [name, [...fields].sort()]).sort();
  return createHash('sha256').update(JSON.stringify(sorted)).digest('hex');
}

function diffOf(had: readonly Normal[], wanted: readonly Normal[]): string[] {
  const old = new Map(had.map((each) => [each.name, each]));
  const now = new Map(wanted.map((each) => [each.name, each]));
  return [
    ...had.filter(({ name }) => !now.has(name)).map(({ name }) => `- ${name}`),
    ...wanted.filter(({ name }) => !old.has(name)).map(({ name }) => `+ ${name}`),
    ...wanted.flatMap(({ name, fields }) => {
      const before = old.get(name)?.fields;
      if (before === undefined) return [];
      const paths = new Set([...before.keys(), ...fields.keys()]);
      const changed = [...paths].filter((path) => before.get(path) !== fields.get(path));
      return changed.length === 0 ? [] : [`~ ${name}: ${changed.map((path) => path.slice(1)).join(', ')}`];
    }),
  ];
}
