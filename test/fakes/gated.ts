import { mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { catalogue } from '../../dsl/catalogue.ts';
import type { ImageFacts } from '../../dsl/facts.ts';
import type { Answer } from '../../engine/answer.ts';
import { openDiskArtifacts } from '../../engine/artifacts/disk.ts';
import type { ArtifactStore } from '../../engine/artifacts/port.ts';
import type { Asker } from '../../engine/asker.ts';
import { createCommands } from '../../engine/commands/commands.ts';
import type { NameFinder } from '../../engine/consent/gate/name-index.ts';
import type { MarkTools } from '../../engine/consent/marks/gate.ts';
import { openConsent } from '../../engine/consent/open.ts';
import { createEgress } from '../../engine/egress/door.ts';
import { type Claimed, claim } from '../../engine/jobs/claim.ts';
import { complete } from '../../engine/jobs/complete.ts';
import { submit } from '../../engine/jobs/submit.ts';
import { createCompile } from '../../engine/look-up/compile.ts';
import { openFileLooker } from '../../engine/look-up/files.ts';
import { openNews } from '../../engine/news.ts';
import type { Prober } from '../../engine/prober.ts';
import { inProcessQueue } from '../../engine/queue/in-process.ts';
import { readSettings } from '../../engine/settings/read.ts';
import { settingSpecs } from '../../engine/settings/specs.ts';
import type { Store } from '../../engine/store/port.ts';
import { testSigner } from './consent.ts';
import { fakeFilm } from './desk.ts';
import { exactNames } from './exact-names.ts';
import type { FakeFaces } from './faces.ts';
import { type FakeFileWords, fakeFileWords } from './file-words.ts';

/** An engine without workers, over a store, with the gate and a folder of its own: what is claimed the test itself makes. */
export async function openGated(
  store: Store,
  options: {
    now?: () => Date;
    recipe?: string;
    /** Instead of one that sees a film in every file. */
    prober?: Prober;
    createFinder?: () => Promise<NameFinder>;
    faces?: FakeFaces;
    /** The payloads of marks in frames, by what the bytes of a file say. */
    marks?: (bytes: Buffer) => readonly string[];
    words?: FakeFileWords;
  } = {},
) {
  const folder = await realpath(await mkdtemp(join(tmpdir(), 'pql-gated-')));
  const signer = testSigner();
  const now = options.now ?? (() => new Date('2026-11-28T12:00:00Z'));
  const artifacts = await openDiskArtifacts(join(folder, 'store'));
  const faces = options.faces === undefined ? {} : { faces: options.faces.toolsOver(artifacts) };
  const consent = openConsent(store, {
    ...{ catalogue, signer, now, createFinder: options.createFinder ?? exactNames },
    ...faces,
    ...(options.marks && { marks: marksOver(artifacts, options.marks) }),
    words: (options.words ?? fakeFileWords()).toolsOver(artifacts),
  });

  const parts = { store, artifacts, queue: inProcessQueue(), news: openNews(), consent };
  const abilities = { models: [], defaultModels: {}, generators: ['storyboard'] };
  const ways = createCompile(
    parts,
    {
      ...{ store, catalogue, abilities, folder },
      files: openFileLooker(
        options.prober ?? {
          probe: async (path) => (path.endsWith('.png') ? fakePicture : fakeFilm('', '', 4).facts),
          recipe: async () => options.recipe ?? null,
        },
      ),
      egress: createEgress({ allow: async () => [] }),
      settings: (workspace: string) => readSettings(store, workspace, settingSpecs(1)),
    },
    join(folder, 'scratch'),
  );
  const command = createCommands({
    parts,
    catalogue,
    abilities,
    settings: [],
    folder,
    now,
    publicUrl: 'https://films.example.org',
  });
  const asker: Asker = {
    ...{ workspace: `w-${folder.slice(-6)}`, user: 'ada', roles: ['asker'] },
    ...{ importRoot: folder, exportRoot: folder },
  };
  const compile = (source: string, as = asker) => ways.compile(source, as);
  const codes = async (source: string, as = asker) =>
    (await compile(source, as)).diagnostics.map(({ code }) => code);
  /** Claims the next job, whosever it is. */
  const take = async (): Promise<Claimed> => {
    const operations = [
      'generate',
      'frame',
      'trim',
      'export',
      'stitch',
      'enhance',
      'grade',
      'probe',
      'verify',
    ];
    const job =
      (await claim(store, { lane: 'cpu', operations, worker: 'test', lease: 60_000 })) ??
      (await claim(store, { lane: 'gpu', operations, worker: 'test', lease: 60_000 }));
    if (job === null) throw new Error('nothing to claim');
    return job;
  };
  /** Ends a job with bytes of its own. */
  const make = async (
    job: Claimed,
    bytes: string | Uint8Array = crypto.randomUUID(),
    admitted: number | null = null,
  ): Promise<boolean> => {
    const file = join(folder, crypto.randomUUID());
    await writeFile(file, bytes);
    const { hash, bytes: size } = await artifacts.put(file);
    const made =
      job.gives === 'image'
        ? ({ kind: 'image', facts: fakePicture } as const)
        : ({ kind: 'video', facts: fakeFilm('', '', 4).facts } as const);
    const outcome = { hash, bytes: size, ...made, notes: [], details: {} };
    return complete(parts, job, { type: 'made', ...outcome }, admitted);
  };
  return {
    ...{ parts, consent, signer, asker, folder, ways, compile, codes, take, make },
    start: async (source: string, as = asker) => {
      const { plan, diagnostics } = await compile(source, as);
      if (plan === null) throw new Error(JSON.stringify(diagnostics));
      await ways.takeIn(plan, as);
      return submit(parts, plan, as);
    },
    ask: async (source: string, as = asker): Promise<Answer> => {
      const { before, diagnostics } = await compile(source, as);
      const [item] = before;
      if (item?.type !== 'command') throw new Error(JSON.stringify(diagnostics));
      return command(item.command, as, { confirmed: true });
    },
    as: (user: string, role: 'moderator' | 'admin' = 'moderator'): Asker => ({
      ...asker,
      user,
      roles: ['asker', role],
    }),
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

/** What is measured of a picture. */
export const fakePicture: ImageFacts = {
  ...{ kind: 'image', container: 'png', bytes: 4, width: 640, height: 360 },
};

export type Gated = Awaited<ReturnType<typeof openGated>>;

/** An answer in words. */
export function wordsOf(answer: Answer): string {
  switch (answer.type) {
    case 'text':
      return answer.text;
    case 'refused':
      return `${answer.code} ${answer.message}`;
    case 'confirm':
      return answer.question;
    case 'table':
      return [answer.title, ...answer.rows.map((row) => row.join(' | '))].join('\n');
  }
}

function marksOver(artifacts: ArtifactStore, read: (bytes: Buffer) => readonly string[]): MarkTools {
  return {
    withFile: async (hash, work) => work(await artifacts.path(hash)),
    look: async ({ path }) => read(await readFile(path)),
  };
}
