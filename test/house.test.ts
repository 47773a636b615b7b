import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

import { catalogue } from '../dsl/catalogue.ts';
import { createHandlers, type Tools } from '../workers/handlers.ts';

const root = fileURLToPath(new URL('..', import.meta.url));

/** Which rooms a room may import from, beside itself. */
const arrows: Record<string, readonly string[]> = {
  grammar: [],
  dsl: ['grammar'],
  engine: ['dsl', 'grammar'],
  workers: ['engine', 'dsl'],
  bots: ['engine', 'dsl'],
};

/** Composition roots: where bots and workers meet. */
const meetingPlaces = /^bots\/(?:[^/]+\/main\.ts|repl\/wiring\/[^/]+\.ts)$/;

/** Which files may import a library. */
const doors: Record<string, RegExp> = {
  chevrotain: /^grammar\//,
  '@electric-sql/pglite': /^engine\/store\//,
  pg: /^engine\/store\//,
  '@aws-sdk/client-s3': /^engine\/artifacts\/s3-client\.ts$/,
  '@aws-sdk/s3-request-presigner': /^engine\/artifacts\/s3-client\.ts$/,
  bullmq: /^engine\/queue\/bullmq\.ts$/,
  ioredis: /^engine\/queue\/redis\.ts$/,
  kysely: /^engine\/query\//,
  '@contentauth/c2pa-node': /^workers\/provenance\//,
  jose: /^engine\/consent\/signing\//,
  'onnxruntime-node': /^workers\/onnx\//,
  '@techstark/opencv-js': /^workers\/measure\//,
  '@napi-rs/canvas': /^workers\/(?:generate|storyboard|renderer)\b/,
  sharp: /^workers\//,
  undici: /^engine\/egress\//,
  'ipaddr.js': /^engine\/egress\//,
  pacote: /^workers\/models\//,
  tar: /^workers\/models\//,
  commander: /^bots\/repl\//,
  '@slack/bolt': /^bots\/slack\//,
  hono: /^bots\/web\//,
  '@hono/node-server': /^bots\/web\//,
  'string-width': /^dsl\/(?:width|columns)\.ts$/,
  'node:readline': /^bots\/repl\//,
  'node:readline/promises': /^bots\/repl\//,
  confusables: /^engine\/consent\/matcher\/glyphs\.ts$/,
  'any-ascii': /^engine\/consent\/matcher\/glyphs\.ts$/,
  'double-metaphone': /^engine\/consent\/matcher\/sound\.ts$/,
  pino: /^engine\/log\.ts$/,
  'prom-client': /^engine\/metrics\//,
  'discord.js': /^bots\/discord\//,
  '@discordjs/ws': /^bots\/discord\//,
  'node:child_process': /^workers\/(?:process|ffmpeg)\//,
};

interface Source {
  /** From the root, with `/`. */
  file: string;
  text: string;
  imports: string[];
}

const sources: Source[] = Object.keys(arrows).flatMap((room) =>
  readdirSync(join(root, room), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => {
      const path = join(entry.parentPath, entry.name);
      const text = readFileSync(path, 'utf8');
      return { file: relative(root, path), text, imports: importsOf(text) };
    }),
);

function importsOf(text: string): string[] {
  const statements =
    /(?:^|\n)\s*(?:import|export)\b[^'";]*?from\s*'([^']+)'|(?:^|\n)\s*import\s*'([^']+)'|\bimport\(\s*'([^']+)'\s*\)|createRequire\(import\.meta\.url\)\('([^']+)'\)/g;
  return [...text.matchAll(statements)].map((match) => (match[1] ?? match[2] ?? match[3] ?? match[4])!);
}

/** The file in the house that a relative import names; null for a package. */
function target(source: Source, name: string): string | null {
  return name.startsWith('.') ? relative(root, join(root, dirname(source.file), name)) : null;
}

const packageOf = (name: string) =>
  name.startsWith('node:') ? name : name.split('/', name.startsWith('@') ? 2 : 1).join('/');

test('reads the imports of a source, of every form', () => {
  const text = `import a from 'a';\nimport type { B } from './b.ts';\nimport {\n  c,\n} from '../c.ts';\nexport * from 'd';\nimport 'e';\nconst f = await import('f');\nconst g = createRequire(import.meta.url)('g');`;
  expect(importsOf(text)).toEqual(['a', './b.ts', '../c.ts', 'd', 'e', 'f', 'g']);
});

test('rooms import only the rooms below them', () => {
  const wrong = sources.flatMap((source) => {
    const room = source.file.split('/')[0]!;
    return source.imports
      .map((name) => target(source, name))
      .filter((file) => file !== null && /^(?:bots|dsl|engine|grammar|workers|test)\//.test(file))
      .filter((file) => {
        const to = file!.split('/')[0]!;
        const meets = to === 'workers' && meetingPlaces.test(source.file);
        return to !== room && !arrows[room]!.includes(to) && !meets;
      })
      .map((file) => `${source.file} imports ${file}`);
  });
  expect(wrong).toEqual([]);
});

/** Types cost nothing and pull nothing in: only what is imported at run time goes through a door. */
const loads = (text: string) => importsOf(text.replace(/\b(?:import|export) type\b[^;]*;/g, ''));

test('a library has one door', () => {
  const wrong = sources.flatMap((source) =>
    loads(source.text)
      .filter((name) => !name.startsWith('.'))
      .filter((name) => doors[packageOf(name)] && !doors[packageOf(name)]!.test(source.file))
      .map((name) => `${source.file} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});

test('what is imported is declared, and what is declared is imported', () => {
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>;
  };
  const imported = sources
    .flatMap((source) => loads(source.text))
    .filter((name) => !name.startsWith('.') && !name.startsWith('node:'))
    .map(packageOf);
  expect([...new Set(imported)].sort()).toEqual(Object.keys(manifest.dependencies).sort());
});

test('grammar and dsl know nothing of disk, network, processes, time or chance', () => {
  const pure = sources.filter((source) => /^(?:grammar|dsl)\//.test(source.file));
  const wrong = pure.flatMap((source) => [
    ...source.imports
      .filter((name) => /^node:(?:fs|net|http|https|child_process|process|timers|crypto)\b/.test(name))
      .map((name) => `${source.file} imports ${name}`),
    ...(/\b(?:Date\.now|new Date\(\)|Math\.random|process\.|fetch\()/.test(code(source.text))
      ? [`${source.file} asks the machine`]
      : []),
  ]);
  expect(wrong).toEqual([]);
});

test('the environment is read in one place and handed on', () => {
  const allowed = /^(?:engine\/config|bots\/[^/]+\/(?:main|program))\.ts$/;
  const wrong = sources.filter(
    (source) => /\bprocess\.env\b/.test(code(source.text)) && !allowed.test(source.file),
  );
  expect(wrong.map((source) => source.file)).toEqual([]);
});

test('nothing needs more than Node 22: no `using`, which it cannot parse, and no import.meta.main', () => {
  const wrong = sources.filter((source) =>
    /\busing\s+\w+\s*=|\bimport\.meta\.main\b/.test(code(source.text)),
  );
  expect(wrong.map((source) => source.file)).toEqual([]);
});

test('no file is longer than 300 lines, and all are kebab-case', () => {
  expect(
    sources.filter((source) => source.text.split('\n').length > 301).map((source) => source.file),
  ).toEqual([]);
  expect(
    sources
      .filter((source) => !/^(?:[a-z0-9-]+\/)*[a-z0-9-]+(?:\.d)?\.ts$/.test(source.file))
      .map((source) => source.file),
  ).toEqual([]);
});

test('nobody names a file for what has no name', () => {
  const nameless = /(?:^|[/-])(?:utils?|helpers?|managers?|services?|misc|common)(?:\.ts|\/)/;
  expect(sources.filter((source) => nameless.test(source.file)).map((source) => source.file)).toEqual([]);
});

const operations = [...catalogue.values()];

test('every operation stands in a file of its own and once in the list', () => {
  const files = readdirSync(join(root, 'dsl/operations'))
    .filter((file) => file.endsWith('.ts'))
    .sort();
  expect(operations.map((operation) => `${operation.verb.toLowerCase()}.ts`).sort()).toEqual(files);
});

test('every verb that works has exactly one handler, and every other handler stands in plans only', () => {
  // Making the list uses none of the tools.
  const handlers = createHandlers({ cores: 1 } as Tools);
  const working = operations
    .filter((operation) => operation.runs === 'job')
    .map((operation) => operation.verb.toLowerCase());
  // Effects of TO and NOTIFY, the preview that a chat asks for, what the optimiser makes of several stages, what FROM does with a list that a verb
  // found, and the frame that GENERATE takes from a clip.
  const inPlans = ['export', 'deliver', 'notify', 'fit', 'pass', 'select', 'frame'];
  expect(Object.keys(handlers).sort()).toEqual([...working, ...inPlans].sort());
});

test('every operation has a corpus file', () => {
  const corpus = readdirSync(join(root, 'test/corpus')).filter((file) => file.endsWith('.pql'));
  const missing = operations
    .map((operation) => `${operation.verb.toLowerCase()}.pql`)
    .filter((file) => !corpus.includes(file));
  expect(missing).toEqual([]);
});

/** A source without its comments and texts. */
function code(text: string): string {
  return text.replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\[\s\S])*`/g, (match) =>
    match.startsWith('/') ? '' : "''",
  );
}
