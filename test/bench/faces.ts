import { fileURLToPath } from 'node:url';
import sharp, { type Sharp } from 'sharp';
import { readConfig } from '../../engine/config.ts';
import { findFaces } from '../../workers/faces/find.ts';
import { knowFace } from '../../workers/faces/know.ts';
import type { Picture } from '../../workers/faces/picture.ts';
import { createModelStore } from '../../workers/models/store.ts';
import { openTensors, type Tensors } from '../../workers/onnx/tensors.ts';
import type { Measured } from './measured.ts';

const astronaut = fileURLToPath(new URL('../media/astronaut.jpg', import.meta.url));
const rounds = 20;

/** What looking for faces costs on one thread, and how near a photograph stays to itself when it is changed. Of the networks that are pulled, in the
 * home that the environment names; nothing is downloaded. docs/consent.md keeps the figures. */
export async function bench(): Promise<Measured[]> {
  const { home } = readConfig(process.env, process.cwd()).config;
  const models = createModelStore({
    home,
    registry: async () => {
      throw new Error('a bench downloads nothing');
    },
  });
  for (const name of ['blazeface', 'sface'])
    if ((await models.verify(name)).state !== 'ready') {
      process.stderr.write(`left out: ${name} is not pulled; pql models pull ${name}\n`);
      return [];
    }
  const blazeface = await openTensors(await models.path('blazeface', 'face'));
  const sface = await openTensors(await models.path('sface', 'face'));
  const picture = await pixels(sharp(astronaut));
  const frame = await pixels(sharp(astronaut).resize(1280, 720, { fit: 'contain' }));
  const [face] = await findFaces(blazeface, frame, 8);
  if (face === undefined) throw new Error('the astronaut has no face');
  const against = 'one thread, the best of 20';
  return [
    {
      name: 'faces of a frame of 1280×720',
      value: await best(() => findFaces(blazeface, frame, 64)),
      ...{ unit: 'ms', goal: 'none', against },
    },
    {
      name: 'a face known',
      value: await best(() => knowFace(sface, frame, face)),
      ...{ unit: 'ms', goal: 'none', against },
    },
    ...(await nearness(blazeface, sface, picture)),
  ];
}

/** Of the same photograph, changed; .62 is where it is taken for the same person without asking. */
async function nearness(blazeface: Tensors, sface: Tensors, picture: Picture): Promise<Measured[]> {
  const known = async (seen: Picture): Promise<Float32Array> => {
    const [face] = await findFaces(blazeface, seen, 1);
    if (face === undefined) throw new Error('there is no face any more');
    return knowFace(sface, seen, face);
  };
  const own = await known(picture);
  const changes: [string, Sharp][] = [
    ['mirrored', sharp(astronaut).flop()],
    ['turned by 30°', sharp(astronaut).rotate(30)],
    ['in grey', sharp(astronaut).greyscale()],
    ['at a third of the light', sharp(astronaut).linear(0.35, 0)],
    ['as JPEG of quality 20', sharp(await sharp(astronaut).jpeg({ quality: 20 }).toBuffer())],
  ];
  const rows: Measured[] = [];
  for (const [how, changed] of changes) {
    const other = await known(await pixels(changed));
    const value = own.reduce((sum, each, at) => sum + each * (other[at] ?? 0), 0);
    rows.push({ name: `the same face, ${how}`, value, unit: '', goal: '>= 0.62', against: 'as it was' });
  }
  return rows;
}

async function pixels(source: Sharp): Promise<Picture> {
  const { data, info } = await source
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  const colour =
    info.channels === 3
      ? data
      : Uint8Array.from({ length: info.width * info.height * 3 }, (_, at) => data[Math.floor(at / 3)] ?? 0);
  return { width: info.width, height: info.height, data: colour };
}

/** Milliseconds of the fastest of some rounds. */
async function best(work: () => Promise<unknown>): Promise<number> {
  let fastest = Number.POSITIVE_INFINITY;
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    fastest = Math.min(fastest, performance.now() - start);
  }
  return fastest;
}
