/** The two programs that read and write media, as found by `findTools`. */
export interface MediaTools {
  /** Path of ffmpeg, 5 or newer. */
  ffmpeg: string;
  /** Path of ffprobe. */
  ffprobe: string;
}
