import type { Config } from '../../../engine/config.ts';
import type { LocalParts } from '../../../engine/embedded.ts';
import { createLeave, type Leave, type Signing } from '../../../engine/provenance/leave.ts';

/** What this process gives out, signed with its certificate. The signing is loaded with the first film that leaves. */
export function leaveFrom({ home, c2pa }: Config, parts: Pick<LocalParts, 'store' | 'artifacts'>): Leave {
  let opened: Promise<Signing> | null = null;
  const open = () => {
    opened ??= import('../../../workers/provenance/signing.ts').then(({ createSigning }) =>
      createSigning(home, c2pa),
    );
    return opened;
  };
  return createLeave(parts, {
    signer: async () => (await open()).signer(),
    sign: async (job) => (await open()).sign(job),
  });
}
