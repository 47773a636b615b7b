import { expect, test } from 'vitest';
import { denoiseFilter } from '../../../workers/enhance/denoise.ts';

test('leaves a clip alone at strength 0, where hqdn3d would take its default', () => {
  expect(denoiseFilter(0)).toEqual([]);
});

test.each([
  [20, 'hqdn3d=luma_spatial=8.00:chroma_spatial=6.00:luma_tmp=12.00:chroma_tmp=9.00'],
  [100, 'hqdn3d=luma_spatial=40.00:chroma_spatial=30.00:luma_tmp=60.00:chroma_tmp=45.00'],
])('turns strength %i into twice the noise it is for', (strength, filter) => {
  expect(denoiseFilter(strength)).toEqual([filter]);
});
