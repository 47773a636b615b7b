import type { Setting } from '../scene/scene.ts';
import type { SubjectKind } from './brief.ts';

const ashoreOnly: readonly SubjectKind[] = ['windmill'];
const afloatOnly: readonly SubjectKind[] = ['sailboat', 'ship', 'boat', 'bridge'];

/** Things that a setting has no place for, however they were asked for. */
const missing: Readonly<Record<Setting, readonly SubjectKind[]>> = {
  sea: ashoreOnly,
  harbour: ashoreOnly,
  lake: ashoreOnly,
  river: ashoreOnly,
  beach: ashoreOnly,
  city: ['lighthouse', 'church', 'windmill'],
  village: afloatOnly,
  mountains: afloatOnly,
  forest: afloatOnly,
  plain: afloatOnly,
  desert: afloatOnly,
};

/** Whether a setting has a place for a thing: boats need water. What has none is named as not drawn. */
export function hasRoom(setting: Setting, kind: SubjectKind): boolean {
  return !missing[setting].includes(kind);
}
