/** What media we agree to look at. A file beyond these is refused in words before anything decodes it. */
export const mediaLimits = Object.freeze({
  /** Pixels of one picture: 8192×8192; a 15000×15000 picture would need 0.9 GB a frame. */
  pixels: 8192 * 8192,
  /** Pixels of one side. */
  side: 16_384,
  /** Seconds of one file: 24 hours at one frame a second is small on disk and long to work on. */
  seconds: 4 * 3600,
  /** Frames of one file: four hours at 60 a second. */
  frames: 4 * 3600 * 60,
  /** Streams in one container; a bomb of a thousand streams opens a thousand decoders. */
  streams: 32,
  /** Frames a second. */
  rate: 1000,
  /** Milliseconds that looking at one file may take. */
  probeMilliseconds: 30_000,
  /** Bytes of a .cube file. */
  cubeBytes: 8 * 1024 * 1024,
  /** Bytes of a plain text. */
  textBytes: 16 * 1024 * 1024,
  /** Bytes of a recipe that a container's comment carries; one argument of a program may have 128 KiB on Linux. */
  recipeBytes: 60_000,
});
