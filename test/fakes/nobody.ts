import type { Known } from '../../workers/provenance/known.ts';

/** Who knows no certificate. */
export const nobody: Known = { ours: '', before: '', clocks: '' };
