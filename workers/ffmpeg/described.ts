/** What ffprobe says of a stream; every field is a stranger's word and may be absent. */
export interface DescribedStream {
  index: number;
  codec_type?: string;
  codec_name?: string;
  width?: number;
  height?: number;
  pix_fmt?: string;
  sample_aspect_ratio?: string;
  color_space?: string;
  color_transfer?: string;
  r_frame_rate?: string;
  avg_frame_rate?: string;
  time_base?: string;
  start_time?: string;
  duration?: string;
  sample_rate?: string;
  channels?: number;
  disposition?: { attached_pic?: number };
  side_data_list?: { rotation?: number }[];
}

export interface Described {
  streams?: DescribedStream[];
  format?: { format_name?: string; duration?: string; nb_streams?: number; tags?: { comment?: string } };
}

/** Times of a picture stream's packets, seconds, in the order of the file. */
export interface PacketTimes {
  times: number[];
  /** Duration of the last one as the file says; 0 when it does not. */
  lastDuration: number;
}

/** Reads the lines of `packetArguments`. Where a container has no presentation times (AVI), decoding times stand for all. */
export function packetReader(limit: number): { line(text: string): void; end(): PacketTimes } {
  const shown: number[] = [];
  const decoded: number[] = [];
  let lastDuration = 0;
  let missing = false;
  return {
    line(text) {
      if (text === '' || decoded.length >= limit) return;
      const [pts, dts, duration] = text.split(',').map(Number.parseFloat);
      if (!Number.isFinite(pts)) missing = true;
      shown.push(pts ?? Number.NaN);
      decoded.push(dts ?? Number.NaN);
      if (Number.isFinite(duration)) lastDuration = duration ?? 0;
    },
    end: () => ({ times: missing ? decoded : shown, lastDuration }),
  };
}
