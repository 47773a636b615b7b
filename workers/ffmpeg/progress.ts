/** What ffmpeg says of its work in one block of `-progress`. */
export interface FfmpegProgress {
  frames: number;
  /** Seconds of output written. */
  seconds: number;
  /** Frames made in a second of work; 0 when ffmpeg does not know yet. */
  fps: number;
  /** True in the last block of a run that ended by itself. */
  ended: boolean;
}

/** Reads `-progress` text in pieces as they arrive; calls back once a block (`progress=continue` or `progress=end` closes one). */
export function progressReader(onBlock: (progress: FfmpegProgress) => void): (text: string) => void {
  let rest = '';
  let block: FfmpegProgress = { frames: 0, seconds: 0, fps: 0, ended: false };
  return (text) => {
    const lines = (rest + text).split('\n');
    // A line without an end may only be half here; a hostile endless line must not fill the memory.
    rest = (lines.pop() ?? '').slice(-1000);
    for (const line of lines) {
      const equals = line.indexOf('=');
      if (equals < 0) continue;
      const key = line.slice(0, equals).trim();
      const value = line.slice(equals + 1).trim();
      if (key === 'frame') block.frames = whole(value);
      else if (key === 'fps') block.fps = Math.max(0, Number.parseFloat(value) || 0);
      else if (key === 'out_time_us') block.seconds = whole(value) / 1e6;
      else if (key === 'progress') {
        block.ended = value === 'end';
        onBlock(block);
        block = { ...block };
      }
    }
  };
}

function whole(value: string): number {
  const number = Number.parseInt(value, 10);
  return Number.isFinite(number) && number > 0 ? number : 0;
}
