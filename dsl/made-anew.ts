import type { Predicted } from './facts.ts';

/** What stays true of a clip when its frames are made anew: everything but how they were coded and packed. */
export function madeAnew(clip: Predicted): Predicted {
  const {
    bytes: _bytes,
    container: _container,
    codec: _codec,
    pixelFormat: _pixelFormat,
    rotation: _rotation,
    variable: _variable,
    matrix: _matrix,
    transfer: _transfer,
    coding: _coding,
    parameterSets: _parameterSets,
    ...kept
  } = clip;
  return kept;
}
