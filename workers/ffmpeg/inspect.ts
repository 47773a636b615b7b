import { type FoundTools, outputOf, versionOf } from './find.ts';

/** What everything here asks of ffmpeg. */
const needed = Object.freeze({
  filters: [
    ...[
      'fps',
      'scale',
      'format',
      'trim',
      'tpad',
      'setpts',
      'setsar',
      'pad',
      'crop',
      'xfade',
      'aresample',
      'aformat',
    ],
    ...['atrim', 'apad', 'exposure', 'colortemperature', 'eq', 'curves', 'hue', 'lut3d', 'vignette'],
    ...['overlay', 'noise', 'lenscorrection', 'rgbashift', 'tmix', 'hqdn3d'],
  ],
  encoders: ['libx264', 'aac', 'rawvideo', 'pcm_f32le'],
});

export interface InspectedTools {
  ffmpeg: { path: string; why: string; version: string | null; missing: string[] };
  ffprobe: { path: string; why: string; version: string | null };
}

/** Runs both programs and says their versions and what ffmpeg lacks; a version of null means that it does not run. For `pql doctor`:
 * about 0.2 s. */
export async function inspectTools(found: FoundTools, signal?: AbortSignal): Promise<InspectedTools> {
  const { ffmpeg, ffprobe } = found;
  const [version, filters, encoders, probeVersion] = await Promise.all([
    versionOf(ffmpeg.path, signal),
    outputOf(ffmpeg.path, ['-hide_banner', '-filters'], signal),
    outputOf(ffmpeg.path, ['-hide_banner', '-encoders'], signal),
    versionOf(ffprobe.path, signal),
  ]);
  const missing = [
    ...needed.filters.filter((name) => !lists(filters, name)).map((name) => `filter ${name}`),
    ...needed.encoders.filter((name) => !lists(encoders, name)).map((name) => `encoder ${name}`),
  ];
  return {
    ffmpeg: { path: ffmpeg.path, why: ffmpeg.why, version, missing },
    ffprobe: { path: ffprobe.path, why: ffprobe.why, version: probeVersion },
  };
}

/** ` TSC scale   V->V  …`: flags, then the name. */
function lists(text: string, name: string): boolean {
  return text.split('\n').some((line) => line.trim().split(/\s+/)[1] === name);
}
