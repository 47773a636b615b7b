import type { ArtifactStore } from '../../../engine/artifacts/port.ts';
import type { Config } from '../../../engine/config.ts';
import type { FaceTools } from '../../../engine/consent/faces/gate.ts';
import { faceKeys } from '../../../engine/consent/faces/keys.ts';
import type { LookAtFaces } from '../../../engine/consent/faces/port.ts';
import { asFile } from './as-file.ts';
import { mediaTools } from './media.ts';
import { type Environment, openModels } from './models.ts';

/** What faces are looked for with on this machine. The networks are fetched, and ffmpeg is looked for, when the first picture is looked at. */
export function localFaces(
  config: Config,
  { artifacts, scratch }: { artifacts: ArtifactStore; scratch: string },
  environment: Environment,
): FaceTools {
  let opened: Promise<LookAtFaces> | null = null;
  const open = () => {
    opened ??= import('../../../workers/faces/look.ts').then(({ createFaceLook }) =>
      createFaceLook({
        models: openModels(config, environment),
        media: mediaTools(config, environment.PATH),
      }),
    );
    return opened;
  };
  return {
    look: async (sight, options) => (await open())(sight, options),
    keys: faceKeys(config.home, config.facesKey),
    withFile: asFile({ artifacts, scratch }),
  };
}
