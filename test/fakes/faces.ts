import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';

import type { ArtifactStore } from '../../engine/artifacts/port.ts';
import type { FaceTools } from '../../engine/consent/faces/gate.ts';
import { readFaceKeys } from '../../engine/consent/faces/keys.ts';
import type { SeenFace } from '../../engine/consent/faces/port.ts';
import { Failure } from '../../engine/failure.ts';

/** Sees faces where bytes say so: `FACES jane, 0.5 jane, nobody`; `FACES crowd` are more than are looked at, `FACES broken` cannot be read. */
export interface FakeFaces {
  toolsOver(artifacts: ArtifactStore): FaceTools;
  /** How often it looked, and how often to know whose they are. */
  looks: { all: number; known: number };
  /** What somebody's face is known by. */
  faceOf(name: string): Float32Array;
  /** Base64; the first seals. */
  keys: string;
}

export function fakeFaces(): FakeFaces {
  const names: string[] = [];
  const faces: FakeFaces = {
    looks: { all: 0, known: 0 },
    keys: newFaceKey(),
    faceOf: (name) => faceOf(name, true, names).known!,
    toolsOver: (artifacts) => ({
      keys: async () => readFaceKeys(faces.keys)!,
      withFile: async (hash, work) => work(await artifacts.path(hash)),
      async look(sight, { know }) {
        faces.looks.all++;
        if (know) faces.looks.known++;
        const bytes = 'picture' in sight ? sight.picture : await readFile(sight.path);
        const [, said] = /FACES ([^\n]*)/.exec(Buffer.from(bytes).toString()) ?? [];
        if (said === 'broken') throw new Failure('user', 'PQL433', 'the picture is cut short or damaged');
        if (said === undefined) return { faces: [], more: false };
        return {
          faces: said.split(',').map((each) => faceOf(each.trim(), know, names)),
          more: said === 'crowd',
        };
      },
    }),
  };
  return faces;
}

export function newFaceKey(): string {
  return randomBytes(32).toString('base64');
}

/** `jane`, or `0.5 jane` for a face that is as near to hers; every name has a direction of its own. */
function faceOf(said: string, know: boolean, names: string[]): SeenFace {
  if (!know) return { known: null };
  const [, near = '1', name = ''] = /^([\d.]+)? ?(.+)$/.exec(said) ?? [];
  if (!names.includes(name)) names.push(name);
  const known = new Float32Array(128);
  known[names.indexOf(name)] = Number(near);
  known[127] = Math.sqrt(1 - Number(near) ** 2);
  return { known };
}
