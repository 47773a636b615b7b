import { version } from './version.ts';

/** What CREDITS prints: who and what this is made of, with licences. */
export const creditsText = [
  `WatchAI ${version} — ask for video in one sentence`,
  '',
  'Programs',
  '  FFmpeg                  reads, cuts and writes films                LGPL-2.1 or GPL',
  '  ONNX Runtime            runs the networks                           MIT',
  '  Skia, @napi-rs/canvas   draws the storyboard scenes                 BSD-3-Clause, MIT',
  '  PostgreSQL, PGlite      keep what was asked and made                PostgreSQL licence, Apache-2.0',
  '  Chevrotain              reads PQL                                   Apache-2.0',
  '  sharp, libvips          read and write pictures                     Apache-2.0, LGPL-3.0',
  '  undici, pg              carry requests and rows                     MIT',
  '',
  'Networks',
  '  ESRGAN (slim)           enlarges pictures: Wang et al. 2018         MIT',
  '  Real-ESRGAN             enlarges films: Wang et al. 2021            BSD-3-Clause',
  '  RIFE 4.6                adds frames: Huang et al. 2022              MIT',
  '',
  'The storyboard generator draws by rule; it is no network and nobody was filmed for it.',
].join('\n');
