import { catalogue } from '../../../dsl/catalogue.ts';
import type { Config } from '../../../engine/config.ts';
import { openConsent } from '../../../engine/consent/open.ts';
import type { Consent } from '../../../engine/consent/port.ts';
import { consentKey } from '../../../engine/consent/signing/key.ts';
import { createSigner, type Signer } from '../../../engine/consent/signing/signer.ts';
import type { LocalParts } from '../../../engine/embedded.ts';
import { localFaces } from './faces.ts';
import { localFileWords } from './file-words.ts';
import { localMarks } from './marks.ts';
import { mediaTools } from './media.ts';
import type { Environment } from './models.ts';

/** The gate of this process, which believes what this home's key, or that of the setting, signed. */
export function localConsent(config: Config, local: LocalParts, environment: Environment): Consent {
  const faces = localFaces(config, local, environment);
  const media = mediaTools(config, environment.PATH);
  return openConsent(local.store, {
    ...{ catalogue, startingList: true, signer: localSigner(config), faces },
    marks: localMarks(media, faces.withFile),
    words: localFileWords(config, local, environment),
  });
}

/** Signs and verifies with that key. */
export function localSigner({ home, consentKey: setting }: Config): Signer {
  return createSigner(() => consentKey(home, setting));
}
