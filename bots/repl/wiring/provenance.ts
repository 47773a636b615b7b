import { availableParallelism } from 'node:os';
import type { Config } from '../../../engine/config.ts';
import type { LocalParts } from '../../../engine/embedded.ts';
import { createLeave, type Leave, type Signing } from '../../../engine/provenance/leave.ts';
import { findMarked } from '../../../engine/provenance/marked.ts';
import { formerSigners } from '../../../engine/provenance/signers.ts';
import { readAllowList } from '../../../engine/settings/read.ts';
import { settingSpecs } from '../../../engine/settings/specs.ts';
import type { Queries } from '../../../engine/store/port.ts';
import type { MediaTools } from '../../../workers/ffmpeg/tools.ts';
import type { VerifyTools } from '../../../workers/verify.ts';
import { lazyEgress } from './egress.ts';

/** What this process gives out, signed with its certificate. The signing is loaded with the first film that leaves. */
export function leaveFrom(
  { home, c2pa, timeAuthority }: Config,
  parts: Pick<LocalParts, 'store' | 'artifacts' | 'consent'>,
): Leave {
  const specs = settingSpecs(availableParallelism());
  const egress = lazyEgress(() => readAllowList(parts.store, specs));
  let opened: Promise<Signing> | null = null;
  const open = () => {
    opened ??= Promise.all([
      import('../../../workers/provenance/signing.ts'),
      import('../../../workers/provenance/time-stamp.ts'),
    ]).then(([{ createSigning }, { askTimeThrough }]) =>
      createSigning(home, c2pa, {
        askTime: timeAuthority === null ? null : askTimeThrough(egress, timeAuthority),
      }),
    );
    return opened;
  };
  return createLeave(parts, {
    signer: async () => (await open()).signer(),
    sign: async (job) => (await open()).sign(job),
  });
}

/** Reads what files say of themselves, and knows what this installation ever signed. */
export function readToldBy({ home, c2pa, timeRoots }: Config, store: Queries): VerifyTools['readTold'] {
  return async (path, mediaType, signal) => {
    const [{ knownHere }, { readTold }] = await Promise.all([
      import('../../../workers/provenance/known.ts'),
      import('../../../workers/provenance/read.ts'),
    ]);
    const before = await formerSigners(store);
    return readTold(path, mediaType, await knownHere(home, c2pa, { before, clocks: timeRoots }), signal);
  };
}

/** Looks for marks in frames, and for what they lead back to among the rows of this installation. */
export function readMarksBy(media: MediaTools, store: Queries): VerifyTools['readMarks'] {
  return async (input, { workspace, signal }) => {
    const { lookForMarks } = await import('../../../workers/mark/look.ts');
    const found = await lookForMarks(media, input, signal);
    if (found === null) return null;
    return Promise.all(
      found.map(async (mark) => ({
        ...mark,
        made: mark.payload === null ? null : await findMarked(store, workspace, mark.payload),
      })),
    );
  };
}
