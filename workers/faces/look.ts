import type { LookAtFaces, SeenFace } from '../../engine/consent/faces/port.ts';
import { whileOpen } from '../../engine/opened.ts';
import type { MediaTools } from '../ffmpeg/tools.ts';
import type { ModelStore } from '../models/store.ts';
import { sample } from './sample.ts';
import { startFaceFinder } from './start.ts';

/** Faces that are looked at in one picture, and in all frames of a clip together: knowing one takes some 15 ms. */
export const facesEach = 64;
export const facesInAll = 512;

/** Looks with BlazeFace and SFace, which are fetched when they are first needed. A process is started for each picture or clip and ends with it. */
export function createFaceLook({
  models,
  media,
}: {
  models: ModelStore;
  media: () => Promise<MediaTools>;
}): LookAtFaces {
  return async (sight, { know, signal }) => {
    const blazeface = await models.path('blazeface', 'face', { signal });
    const sface = know ? await models.path('sface', 'face', { signal }) : null;
    return whileOpen(async (opened) => {
      const finder = opened.add(startFaceFinder({ blazeface, sface, most: facesEach }, signal));
      const faces: SeenFace[] = [];
      let more = false;
      for await (const picture of sample(media, sight, signal)) {
        const seen = await finder.look(picture);
        faces.push(...seen.known.map((known) => ({ known })));
        more ||= seen.more || faces.length > facesInAll;
        if (faces.length > facesInAll) break;
      }
      return { faces: faces.slice(0, facesInAll), more };
    });
  };
}
