import { availableParallelism } from 'node:os';
import type { Config } from '../../../engine/config.ts';
import type { LocalParts } from '../../../engine/embedded.ts';
import { createLeave, type Leave, type Signing } from '../../../engine/provenance/leave.ts';
import { readAllowList } from '../../../engine/settings/read.ts';
import { settingSpecs } from '../../../engine/settings/specs.ts';
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

/** Reads what files say of themselves, and knows what this installation signed. */
export function readToldBy({ home, c2pa }: Config): VerifyTools['readTold'] {
  return async (path, mediaType, signal) => {
    const [{ ownCertificates }, { readTold }] = await Promise.all([
      import('../../../workers/provenance/credentials.ts'),
      import('../../../workers/provenance/read.ts'),
    ]);
    return readTold(path, mediaType, await ownCertificates(home, c2pa), signal);
  };
}
