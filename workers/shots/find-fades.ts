import type { Boundary } from './find-cuts.ts';

/** Mean brightness under which a picture is black, 0 to 1: the noise of coded black stays below, a dark scene does not. A small title on
 * black counts as black. */
const black = 0.012;

/** Of two frames as dark as each other, brightness differs by less than this. */
const alike = 0.0002;

/** Frames beside the black over which a fade brightens, and the share of the brightest of them that the one next to the black has at
 * most. A fade of a whole second changes by half within 12 frames. */
const slope = { frames: 12, share: 0.5 };

/** Finds fades through black: black frames between pictures that darken into it or brighten out of it. The boundary is the middle of the
 * darkest frames. Where a cut leads into the black or out of it, that cut is the boundary. Black at the beginning or end of a clip opens
 * nothing. `light` is the mean brightness of each frame, 0 to 1. */
export function findFades(light: readonly number[], cuts: readonly Boundary[]): Boundary[] {
  const isCut = new Set(cuts.map(({ frame }) => frame));
  const isCutOff = ({ from, to }: Run) => {
    for (let frame = from; frame <= to + 1; frame++) if (isCut.has(frame)) return true;
    return false;
  };
  return runs(light, (brightness) => brightness < black)
    .filter(({ from, to }) => from > 0 && to < light.length - 1)
    .filter((run) => !isCutOff(run))
    .filter(({ from, to }) => slopes(light, from - 1, -1) || slopes(light, to + 1, 1))
    .map(({ from, to }) => ({
      frame: from + darkestMiddle(light.slice(from, to + 1)),
      opens: 'fade',
      strength: 0,
    }));
}

/** Whether it gets ever brighter from the frame beside the black on: a black frame in the middle of a bright scene is a fault, no fade. */
function slopes(light: readonly number[], beside: number, step: number): boolean {
  const further = Array.from({ length: slope.frames }, (_, index) => light[beside + step * index] ?? 0);
  return (further[0] ?? 0) <= slope.share * Math.max(...further);
}

/** The middle of the longest run of the darkest frames, so that a title on black stays whole. */
function darkestMiddle(light: readonly number[]): number {
  const darkest = light.reduce((least, brightness) => Math.min(least, brightness));
  const [longest = { from: 0, to: 0 }] = runs(light, (brightness) => brightness <= darkest + alike).sort(
    (a, b) => b.to - b.from - (a.to - a.from),
  );
  return Math.ceil((longest.from + longest.to) / 2);
}

interface Run {
  /** First and last frame. */
  from: number;
  to: number;
}

function runs(light: readonly number[], belongs: (brightness: number) => boolean): Run[] {
  const found: Run[] = [];
  for (const [frame, brightness] of light.entries()) {
    if (!belongs(brightness)) continue;
    const last = found.at(-1);
    if (last?.to === frame - 1) last.to = frame;
    else found.push({ from: frame, to: frame });
  }
  return found;
}
