import type { GradeArguments } from '../arguments.ts';
import { madeAnew } from '../made-anew.ts';
import { clause, job, oneClip } from '../operation.ts';
import { cameraSettings, colorArguments, colorSettings } from '../values/looks.ts';

/** Colour, lens and shutter of a clip that is there. */
export const grade = job({
  verb: 'GRADE',
  family: 'edit',
  help: 'changes the colours of a clip, and its lens and shutter',
  details: ['The same settings as COLOR and CAMERA of GENERATE, each a clause.'],
  version: 4,
  takes: oneClip,
  gives: 'video',
  clauses: {
    TEMPERATURE: clause(colorSettings.temperature.type, colorSettings.temperature.help),
    EXPOSURE: clause(colorSettings.exposure.type, colorSettings.exposure.help),
    CONTRAST: clause(colorSettings.contrast.type, colorSettings.contrast.help),
    SATURATION: clause(colorSettings.saturation.type, colorSettings.saturation.help),
    LOOK: clause(colorSettings.grade.type, colorSettings.grade.help),
    LUT: clause(colorSettings.lut.type, colorSettings.lut.help),
    GRAIN: clause(colorSettings.grain.type, colorSettings.grain.help),
    VIGNETTE: clause(colorSettings.vignette.type, colorSettings.vignette.help),
    LENS: clause(cameraSettings.lens.type, 'bends and fringes the picture as such a lens does, 8mm to 400mm'),
    SHUTTER: clause(cameraSettings.shutter.type, 'motion blur of such a shutter, 1/8000s to 1s'),
  },
  called: { grade: 'LOOK' },
  examples: [
    { text: 'GRADE v1 TEMPERATURE 5600K EXPOSURE +0.3 CONTRAST 10%', says: 'warmer, brighter, harder' },
    {
      text: 'GRADE "clips/run.mp4" LOOK noir GRAIN 20% VIGNETTE 30% TO out/noir.mp4',
      says: 'a named look, like old film',
    },
    { text: 'GRADE v1 LUT "film.cube"', says: 'the colours of a table' },
  ],
  check(given, { at }) {
    if (Object.values(given).some((value) => value !== null)) return [];
    return [
      {
        code: 'PQL228',
        message: 'GRADE needs to know what to change',
        span: at('GRADE'),
        expected:
          'at least one of TEMPERATURE, EXPOSURE, CONTRAST, SATURATION, LOOK, LUT, GRAIN, VIGNETTE, LENS, SHUTTER',
        hint: 'write GRADE clip TEMPERATURE 5600K',
      },
    ];
  },
  arguments(given): GradeArguments {
    return {
      ...colorArguments({
        temperature: given.TEMPERATURE,
        exposure: given.EXPOSURE,
        contrast: given.CONTRAST,
        saturation: given.SATURATION,
        grade: given.LOOK,
        lut: given.LUT,
        grain: given.GRAIN,
        vignette: given.VIGNETTE,
      }),
      lens: given.LENS,
      shutter: given.SHUTTER,
    };
  },
  lane: () => 'cpu',
  predict(_args, [input]) {
    return input ? madeAnew(input) : { kind: 'video' };
  },
});
