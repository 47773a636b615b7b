import { catalogue } from '../../../dsl/catalogue.ts';
import type { Config } from '../../../engine/config.ts';
import { openConsent } from '../../../engine/consent/open.ts';
import type { Consent } from '../../../engine/consent/port.ts';
import { consentKey } from '../../../engine/consent/signing/key.ts';
import { createSigner } from '../../../engine/consent/signing/signer.ts';
import type { Store } from '../../../engine/store/port.ts';

/** The gate of this process, which believes what this home's key, or that of the setting, signed. */
export function localConsent({ home, consentKey: setting }: Config, store: Store): Consent {
  return openConsent(store, {
    ...{ catalogue, startingList: true },
    signer: createSigner(() => consentKey(home, setting)),
  });
}
