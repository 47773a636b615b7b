import type { Config } from '../../../engine/config.ts';
import { openTogether } from '../../../engine/opened.ts';
import type { Web } from '../../web/web.ts';
import { localConsent } from './consent.ts';
import { loggedParts } from './logged-parts.ts';
import type { Environment } from './models.ts';
import { leaveFrom } from './provenance.ts';

/** Opens the home or the server's database, and the pages above it, where PQL_WEB says. */
export async function openPages(config: Config, environment: Environment): Promise<Web> {
  const { web: address } = config;
  if (address === null) throw new Error('nobody said where to listen');
  return openTogether(async (opened) => {
    const { local, log } = await loggedParts(config, opened);
    const { openWeb } = await import('../../web/web.ts');
    const { store, artifacts, scratch } = local;
    const parts = { ...local, consent: localConsent(config, local, environment) };
    const web = opened.add(
      await openWeb({
        ...{ store, artifacts, log, address, scratch, leave: leaveFrom(config, parts) },
        ...{ workspace: config.webWorkspace, publicUrl: config.publicUrl },
        revoke: (signal) => parts.consent.revoke(parts, signal),
      }),
    );
    return { ...web, [Symbol.asyncDispose]: () => opened[Symbol.asyncDispose]() };
  });
}
