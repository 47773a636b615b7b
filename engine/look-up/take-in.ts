import { constants as fs } from 'node:fs';
import { copyFile, mkdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Plan } from '../../dsl/plan.ts';
import { holdBytes, thereFor } from '../artifacts/freed.ts';
import type { Asker } from '../asker.ts';
import { Failure } from '../failure.ts';
import { lockWorkspace, publishMedia, recordArtifact } from '../media.ts';
import type { Parts } from '../parts.ts';
import type { LocalFile } from './files.ts';

/** Brings the local files that a plan reads into the workspace, by `local`, which knows them by hash: their bytes into the artifact store, their
 * ids into the database. A file that changed since it was looked at is refused. Returns when every artifact of the plan is there. */
export async function takeIn(
  plan: Plan,
  asker: Asker,
  parts: Parts,
  local: (hash: string) => LocalFile | undefined,
  scratch: string,
): Promise<void> {
  const hashes = new Set(
    plan.steps.flatMap((step) =>
      step.inputs.flatMap((input) => (input.from === 'artifact' ? [input.hash] : [])),
    ),
  );
  const files = [...hashes].flatMap((hash) => local(hash) ?? []);
  if (files.length === 0) return;
  for (let attempt = 1; ; attempt++) {
    for (const file of files) if (!(await parts.artifacts.has(file.hash))) await copyIn(file, parts, scratch);
    try {
      return await publish(parts, asker, files);
    } catch (error) {
      // Somebody removed the same bytes since they were copied: the file is still there, so they are copied again, once they are gone.
      if (!(error instanceof Failure) || error.code !== 'PQL612' || attempt === 5) throw error;
      await sleep(50 * 2 ** attempt);
    }
  }
}

async function publish(
  parts: Parts,
  { workspace, user: asker }: Asker,
  files: readonly LocalFile[],
): Promise<void> {
  await parts.store.transaction(async (queries) => {
    await holdBytes(queries);
    for (const { hash } of files) await thereFor(queries, parts.artifacts, hash);
    await lockWorkspace(queries, workspace);
    for (const { hash, facts, recipe, path, named } of files) {
      await recordArtifact(queries, { hash, facts, kind: facts.kind, bytes: facts.bytes });
      const source = basename(path);
      await publishMedia(queries, {
        workspace,
        hash,
        kind: facts.kind,
        job: null,
        recipe,
        prompt: null,
        source,
        place: foldersOf(named),
        asker,
        work: null,
      });
    }
  });
}

function foldersOf(path: string): string | null {
  const folders = dirname(path);
  return folders === '.' ? null : folders;
}

/** By a copy, since the store takes what it is given away (a reflink where the disk can). */
async function copyIn(file: LocalFile, parts: Parts, scratch: string): Promise<void> {
  await mkdir(scratch, { recursive: true });
  const copy = join(scratch, `taken-${crypto.randomUUID()}`);
  try {
    await copyFile(file.path, copy, fs.COPYFILE_FICLONE);
    const { hash } = await parts.artifacts.put(copy);
    if (hash === file.hash) return;
    throw new Failure('user', 'PQL421', `${basename(file.path)} was changed while it was read`, {
      hint: 'run the statement again when it is complete',
    });
  } finally {
    await rm(copy, { force: true });
  }
}
