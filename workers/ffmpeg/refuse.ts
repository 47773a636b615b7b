import type { VideoFacts } from '../../dsl/facts.ts';
import { Failure } from '../../engine/failure.ts';
import type { Described, DescribedStream } from './described.ts';
import { mediaLimits } from './limits.ts';
import type { Sniffed } from './sniff.ts';

/** Extensions that promise picture or sound: a text of such a name is a mistake or a trick. */
const mediaExtensions =
  /^\.(mp4|m4v|m4a|mov|mkv|webm|avi|mpe?g|m2ts|mts|ts|ogv|ogg|flv|wmv|asf|mxf|3gp|gif|wav|mp3|flac|aac|png|jpe?g|webp)$/;

/** Refuses by its first bytes and its name what must not come near a media library. */
export function refuseFile(sniffed: Sniffed, extension: string): void {
  if (sniffed.is === 'playlist')
    throw new Failure('user', 'PQL432', 'the file is a playlist, which points to other files', {
      hint: 'give the clips themselves, joined with +',
    });
  if (sniffed.is === 'drawing')
    throw new Failure('user', 'PQL436', 'SVG drawings are not taken, since they can point to other files', {
      hint: 'export it as PNG',
    });
  if (sniffed.is === 'text' && mediaExtensions.test(extension))
    throw new Failure('user', 'PQL433', `the file is text, although it is called ${extension}`, {
      hint: 'check what you downloaded: it may be an error page',
    });
}

/** Refuses media beyond our limits; with facts, also what only measuring could tell. */
export function refuseMedia(described: Described, stream: DescribedStream | null, facts?: VideoFacts): void {
  if ((described.format?.nb_streams ?? 0) > mediaLimits.streams)
    throw new Failure('user', 'PQL437', `the file has more than ${mediaLimits.streams} streams`, {
      hint: 'keep one picture and one sound stream',
    });
  const claimed = Math.max(facts?.duration ?? 0, Number(described.format?.duration) || 0);
  if (claimed > mediaLimits.seconds)
    throw new Failure('user', 'PQL437', `the clip is ${(claimed / 3600).toFixed(1)} hours long`, {
      hint: `cut it into parts of at most ${mediaLimits.seconds / 3600} hours`,
    });
  if (!stream) return;
  const [width, height] = [stream.width ?? 0, stream.height ?? 0];
  if (width * height > mediaLimits.pixels || Math.max(width, height) > mediaLimits.side)
    throw new Failure('user', 'PQL435', `the picture of ${width}×${height} is too large`, {
      hint: 'make it at most 8192×8192 pixels before you give it',
    });
  if (width === 0 || height === 0)
    throw new Failure('user', 'PQL433', 'the file is damaged: its pictures have no size', {
      hint: 'copy or download the file again',
    });
  if (!facts) return;
  if (facts.frames === 0)
    throw new Failure('user', 'PQL433', 'the file has no pictures in it: it is cut short', {
      hint: 'copy or download the file again',
    });
  if (facts.frames > mediaLimits.frames || facts.rate.num / facts.rate.den > mediaLimits.rate)
    throw new Failure('user', 'PQL437', 'the clip has too many frames', {
      hint: `at most ${mediaLimits.rate} a second and ${mediaLimits.frames} in all`,
    });
}
