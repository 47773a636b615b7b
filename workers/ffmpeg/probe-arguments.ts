import { safeOpening } from './input.ts';

const entries = [
  'format=format_name,duration,nb_streams:format_tags=comment',
  'stream=index,codec_type,codec_name,width,height,pix_fmt,sample_aspect_ratio,field_order,color_space,color_transfer,r_frame_rate,avg_frame_rate,time_base,start_time,duration,sample_rate,channels',
  'stream_disposition=attached_pic',
  'stream_side_data=rotation',
];

/** Arguments that make ffprobe describe a file's streams as JSON. */
export function describeArguments(path: string): string[] {
  return ['-v', 'error', ...safeOpening(), '-show_entries', entries.join(':'), '-of', 'json', `file:${path}`];
}

/** Arguments that make ffprobe list one stream's packets, a line each: presentation time, decoding time, duration, in seconds. Reads
 * the file once and decodes nothing. */
export function packetArguments(path: string, stream: number): string[] {
  return [
    ...['-v', 'error', ...safeOpening(), '-select_streams', String(stream)],
    ...['-show_entries', 'packet=pts_time,dts_time,duration_time', '-of', 'csv=p=0', `file:${path}`],
  ];
}
