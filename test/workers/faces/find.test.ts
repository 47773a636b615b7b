import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findFaces, lookSide, squares } from '../../../workers/faces/find.ts';
import { type Picture, squareOf } from '../../../workers/faces/picture.ts';
import { startFaceFinder } from '../../../workers/faces/start.ts';
import { openTensors, type Tensors } from '../../../workers/onnx/tensors.ts';
import { reference } from '../models/slim.ts';
import { blazefaceGraph } from './face-models.ts';

let folder: string;
let blazeface: string;
let network: Tensors;
let astronaut: Picture;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'watchai-faces-'));
  blazeface = join(folder, 'blazeface.onnx');
  await writeFile(blazeface, blazefaceGraph());
  network = await openTensors(blazeface);
  const path = new URL('../../media/astronaut.jpg', import.meta.url).pathname;
  astronaut = { width: 256, height: 256, data: await sharp(path).raw().toBuffer() };
});
afterAll(() => rm(folder, { recursive: true, force: true }));

test('BlazeFace, converted, gives what its own runtime gives', async () => {
  const given = await network({ shape: [1, lookSide, lookSide, 3], data: astronaut.data });
  const numbers = given.toSorted((a, b) => a.length - b.length).flatMap((each) => [...each]);
  const file = reference('astronaut-blazeface.f32');
  const expected = new Float32Array(file.buffer.slice(file.byteOffset, file.byteOffset + file.length));
  expect(numbers.length).toBe(expected.length);
  expect(Math.max(...numbers.map((each, at) => Math.abs(each - (expected[at] ?? 0))))).toBeLessThan(0.01);
});

test('finds the face of an astronaut, with eyes above nose above mouth', async () => {
  const [face, ...others] = await findFaces(network, astronaut, 8);
  expect(others).toEqual([]);
  const [left, right, nose, mouth] = face!.marks;
  expect(left.x).toBeLessThan(nose.x);
  expect(nose.x).toBeLessThan(right.x);
  expect(Math.max(left.y, right.y)).toBeLessThan(nose.y);
  expect(nose.y).toBeLessThan(mouth.y);
  expect(face!.box.width).toBeGreaterThan(80);
});

test('finds a face that is an eighth of a large picture, and none where there is none', async () => {
  const large = { width: 1024, height: 576, data: new Uint8Array(1024 * 576 * 3).fill(90) };
  expect(await findFaces(network, large, 8)).toEqual([]);
  lay(astronaut, large, 700, 300);
  const [face] = await findFaces(network, large, 8);
  expect(Math.abs(face!.marks[2].x - 700 - 128)).toBeLessThan(60);
});

test('of a crowd no more are looked at than were asked for, and that there are more is said', async () => {
  const crowd = { width: 1280, height: 1024, data: new Uint8Array(1280 * 1024 * 3) };
  const small = {
    width: 64,
    height: 64,
    data: squareOf(astronaut, { x: 0, y: 0, side: 256 }, 64),
  };
  for (let y = 0; y < 1024; y += 64) for (let x = 0; x < 1280; x += 64) lay(small, crowd, x, y);
  await using finder = startFaceFinder({ blazeface, sface: null, most: 5 });
  const seen = await finder.look(crowd);
  expect(seen).toEqual({ known: [null, null, null, null, null], more: true });
  expect(await finder.look(astronaut)).toEqual({ known: [null], more: false });
});

test('a process that is killed is told of', async () => {
  const controller = new AbortController();
  await using finder = startFaceFinder({ blazeface, sface: null, most: 5 }, controller.signal);
  await finder.look(astronaut);
  const looking = finder.look(astronaut);
  controller.abort(new Error('enough'));
  await expect(looking).rejects.toThrow('enough');
});

test('every pixel is looked at in some square, and small pictures in one', () => {
  expect(squares({ width: 200, height: 100 })).toEqual([{ x: 0, y: -50, side: 200 }]);
  for (const size of [
    { width: 1280, height: 720 },
    { width: 720, height: 1280 },
    { width: 1000, height: 1000 },
  ]) {
    const [, ...parts] = squares(size);
    expect(Math.max(...parts.map(({ x, side }) => x + side))).toBeGreaterThanOrEqual(size.width);
    expect(Math.max(...parts.map(({ y, side }) => y + side))).toBeGreaterThanOrEqual(size.height);
    expect(Math.min(...parts.map(({ x }) => x))).toBeLessThanOrEqual(0);
    expect(Math.min(...parts.map(({ y }) => y))).toBeLessThanOrEqual(0);
  }
});

test('a square is shrunk by means, and black outside', () => {
  const picture = { width: 2, height: 1, data: Uint8Array.of(10, 20, 30, 30, 40, 50) };
  expect([...squareOf(picture, { x: 0, y: 0, side: 2 }, 1)]).toEqual([20, 30, 40]);
  expect([...squareOf(picture, { x: 0, y: -1, side: 2 }, 2)].slice(0, 6)).toEqual([0, 0, 0, 0, 0, 0]);
});

function lay(small: Picture, large: Picture, left: number, top: number): void {
  for (let row = 0; row < small.height && top + row < large.height; row++)
    large.data.set(
      small.data.subarray(row * small.width * 3, (row + 1) * small.width * 3),
      ((top + row) * large.width + left) * 3,
    );
}
