import { expect, test } from 'vitest';
import { gpuMemory, toldBy } from '../../../workers/onnx/gpu-memory.ts';

const machine = (nvidia: string, cards: string[] = []) => ({
  told: async (program: string) => (program === 'nvidia-smi' ? nvidia : ''),
  cards: async () => cards,
});

test.each([
  ['cuda', 'two of NVIDIA', machine('24564\n81559\n'), 81559 * 2 ** 20],
  ['webgpu', 'one of AMD', machine('', ['17163091968\n', '']), 17163091968],
  ['webgpu', 'both', machine('4096\n', ['1000\n']), 4096 * 2 ** 20],
  ['cuda', 'one of AMD only', machine('', ['17163091968\n']), null],
  ['webgpu', 'nothing that says so', machine('NVIDIA-SMI has failed\n', ['none']), null],
  ['cpu', 'a card that it does not use', machine('24564\n'), null],
] as const)('memory of %s where there is %s', async (provider, _, sources, bytes) => {
  expect(await gpuMemory(provider, sources)).toBe(bytes);
});

test('a program that is not there, or fails, says nothing', async () => {
  expect(await toldBy('/nowhere/nvidia-smi', [])).toBe('');
  expect(await toldBy(process.execPath, ['-e', 'console.log(5); process.exit(1)'])).toBe('');
  expect(await toldBy(process.execPath, ['-e', 'console.log(5)'])).toBe('5\n');
});
