import { appendFile, chmod, mkdir, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Statements that were entered, newest last, kept in a file that several sessions may write at once. */
export interface History {
  entries(): readonly string[];
  /** Puts a statement at the end; an equal one that is there already moves. */
  add(statement: string): Promise<void>;
}

/** At most this many statements, each of at most this many characters, are kept. */
const bound = 1000;
const longest = 10_000;

/** Opens the history in `file` (one JSON string a line, mode 600: prompts are nobody else's business). Where it cannot be read or written the
 * session has a history that ends with it. */
export async function openHistory(file: string): Promise<History> {
  let entries = distinct(await read(file));
  return {
    entries: () => entries,
    async add(statement) {
      const text = statement.trim();
      if (text === '' || text.length > longest) return;
      entries = distinct([...entries, text]);
      await append(file, text).catch(() => {});
    },
  };
}

/** Under the lock, so that no statement of another session is lost when the file is written anew. */
async function append(file: string, text: string): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const unlock = await lock(`${file}.lock`);
  try {
    const before = await readFile(file, 'utf8').catch(() => '');
    const all = parse(before);
    if (all.length < 2 * bound) {
      const torn = before !== '' && !before.endsWith('\n');
      await appendFile(file, `${torn ? '\n' : ''}${JSON.stringify(text)}\n`, { mode: 0o600 });
      return await chmod(file, 0o600);
    }
    const kept = distinct([...all, text]);
    const fresh = `${file}.${process.pid}.tmp`;
    await writeFile(fresh, kept.map((entry) => `${JSON.stringify(entry)}\n`).join(''), { mode: 0o600 });
    await rename(fresh, file);
  } finally {
    await unlock();
  }
}

async function read(file: string): Promise<string[]> {
  return parse(await readFile(file, 'utf8').catch(() => ''));
}

function parse(text: string): string[] {
  return text.split('\n').flatMap((line) => {
    // A line that was cut short by a crash is skipped.
    try {
      const entry: unknown = JSON.parse(line);
      return typeof entry === 'string' ? [entry] : [];
    } catch {
      return [];
    }
  });
}

/** Each statement once, where it was said last; the newest `bound` of them. */
function distinct(all: readonly string[]): string[] {
  return [...new Set([...all].reverse())].slice(0, bound).reverse();
}

/** A file that only one can make. Waits for a holder at most a second; one older than five seconds was left by a crash. */
async function lock(path: string): Promise<() => Promise<void>> {
  for (let attempt = 0; attempt < 50; attempt += 1) {
    try {
      await (await open(path, 'wx', 0o600)).close();
      return () => rm(path, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
      const made = await stat(path).catch(() => null);
      if (made && Date.now() - made.mtimeMs > 5000) await rm(path, { force: true });
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
  throw new Error('another session holds the history');
}
