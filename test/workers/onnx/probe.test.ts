import { expect, test } from 'vitest';
import { fastest, probeProviders } from '../../../workers/onnx/probe.ts';

test('finds that the CPU works and says why each other provider does not', async () => {
  const reports = await probeProviders();
  expect(reports.map(({ provider }) => provider)).toEqual(['cuda', 'webgpu', 'cpu']);
  expect(reports.find(({ provider }) => provider === 'cpu')).toMatchObject({ works: true, problem: null });
  for (const { works, problem, milliseconds } of reports) {
    expect(problem === null).toBe(works);
    expect(milliseconds === null).toBe(!works);
  }
});

test('prefers the fastest provider that works, and the CPU when none does', () => {
  const report = (provider: 'cuda' | 'webgpu' | 'cpu', milliseconds: number | null) => ({
    provider,
    works: milliseconds !== null,
    milliseconds,
    problem: milliseconds === null ? 'no' : null,
  });
  expect(fastest([report('cuda', null), report('webgpu', 90), report('cpu', 3)])).toBe('cpu');
  expect(fastest([report('cuda', 1), report('webgpu', 2), report('cpu', 3)])).toBe('cuda');
  expect(fastest([report('cuda', null), report('webgpu', null), report('cpu', null)])).toBe('cpu');
});
