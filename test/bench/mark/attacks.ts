/** Pixels of the films that are made, by their shape. */
export const shapes = {
  '16:9': { width: 1280, height: 720 },
  '2.39:1': { width: 1280, height: 536 },
  '4:3': { width: 960, height: 720 },
  '9:16': { width: 720, height: 1280 },
} as const;

/** Something that happens to a film on its way. */
export interface Attack {
  says: string;
  /** The shape of the film; 16:9 where it is left out. */
  of?: keyof typeof shapes;
  /** Of the file that comes of it; `png` and `jpeg` are one frame. */
  ending: string;
  how: readonly string[];
  /** How many of the three films are still to be read. */
  goal: string;
}

const all = '>= 3';
const nobodyPromises = 'as it is';

/** In the order of the table in docs/provenance.md. Encoders are ffmpeg's usual ones (H.264 at CRF 23) where nothing else is said. */
export const attacks: readonly Attack[] = [
  {
    says: 'copied, all beside the pixels stripped',
    ending: 'mp4',
    how: ['-c', 'copy', '-map_metadata', '-1'],
    goal: all,
  },
  { says: 'H.264 at CRF 23', ending: 'mp4', how: ['-crf', '23'], goal: all },
  { says: 'H.264 at CRF 30', ending: 'mp4', how: ['-crf', '30'], goal: all },
  { says: 'MPEG-4 at quality 6', ending: 'avi', how: ['-c:v', 'mpeg4', '-q:v', '6'], goal: all },
  { says: 'half the size', ending: 'mp4', how: ['-vf', 'scale=iw/2:-2'], goal: all },
  { says: '1.5 times the size', ending: 'mp4', how: ['-vf', 'scale=iw*1.5:-2'], goal: all },
  { says: 'stretched to 4:3', ending: 'mp4', how: ['-vf', 'scale=960:720'], goal: all },
  {
    says: 'a tenth cut off each way',
    ending: 'mp4',
    how: ['-vf', 'crop=iw*0.9:ih*0.9:40:50'],
    goal: all,
  },
  { says: 'a tenth cut off at one side', ending: 'mp4', how: ['-vf', 'crop=iw*0.9:ih:0:0'], goal: all },
  { says: '15 frames a second', ending: 'mp4', how: ['-vf', 'fps=15'], goal: all },
  { says: 'brighter, with more contrast', ending: 'mp4', how: ['-vf', 'eq=1.3:0.1'], goal: all },
  { says: 'darker, grey', ending: 'mp4', how: ['-vf', 'eq=0.8:-0.1:0'], goal: all },
  {
    says: 'a preview for a chat (854 wide, CRF 28)',
    ending: 'mp4',
    how: ['-vf', 'scale=854:-2', '-crf', '28'],
    goal: all,
  },
  { says: 'a screenshot (PNG)', ending: 'png', how: ['-frames:v', '1'], goal: all },
  {
    says: 'a screenshot (JPEG, two thirds of the size)',
    ending: 'jpeg',
    how: ['-vf', 'scale=iw/1.5:-2', '-frames:v', '1', '-q:v', '5'],
    goal: all,
  },
  {
    says: 'enlarged twice (lanczos)',
    ending: 'mp4',
    how: ['-vf', 'scale=iw*2:-2:flags=lanczos', '-preset', 'ultrafast'],
    goal: all,
  },
  {
    says: 'noise taken out (DENOISE 40)',
    ending: 'mp4',
    how: ['-vf', 'hqdn3d=16:16:24:24'],
    goal: nobodyPromises,
  },
  {
    says: 'half the size and CRF 30',
    ending: 'mp4',
    how: ['-vf', 'scale=iw/2:-2', '-crf', '30'],
    goal: nobodyPromises,
  },
  { says: 'a quarter of the size', ending: 'mp4', how: ['-vf', 'scale=iw/4:-2'], goal: nobodyPromises },
  {
    says: 'a third cut off at one side',
    ending: 'mp4',
    how: ['-vf', 'crop=iw*0.67:ih:0:0'],
    goal: nobodyPromises,
  },
  {
    says: 'a quarter cut off each way',
    ending: 'mp4',
    how: ['-vf', 'crop=iw*0.75:ih*0.75'],
    goal: nobodyPromises,
  },
  {
    says: 'a third cut off each way',
    ending: 'mp4',
    how: ['-vf', 'crop=iw*0.67:ih*0.67'],
    goal: nobodyPromises,
  },
  { says: 'half cut off each way', ending: 'mp4', how: ['-vf', 'crop=iw/2:ih/2'], goal: nobodyPromises },
  { says: 'mirrored', ending: 'mp4', how: ['-vf', 'hflip'], goal: all },
  { says: 'upside down', ending: 'mp4', how: ['-vf', 'vflip'], goal: all },
  { says: 'turned by 90 degrees', ending: 'mp4', how: ['-vf', 'transpose=1'], goal: all },
  {
    says: 'mirrored, a tenth cut off each way',
    ending: 'mp4',
    how: ['-vf', 'hflip,crop=iw*0.9:ih*0.9:40:50'],
    goal: all,
  },
  { says: 'turned by 1 degree', ending: 'mp4', how: ['-vf', 'rotate=PI/180'], goal: all },
  { says: 'turned by 2 degrees', ending: 'mp4', how: ['-vf', 'rotate=2*PI/180'], goal: all },
  {
    says: 'turned by 2 degrees and enlarged until no corner is empty',
    ending: 'mp4',
    how: ['-vf', 'rotate=2*PI/180,crop=iw*0.92:ih*0.92,scale=1280:720'],
    goal: all,
  },
  { says: 'turned by 5 degrees', ending: 'mp4', how: ['-vf', 'rotate=5*PI/180'], goal: nobodyPromises },
  {
    says: '2.39:1 between bars in 16:9',
    of: '2.39:1',
    ending: 'mp4',
    how: ['-vf', 'pad=1280:720:0:92'],
    goal: all,
  },
  {
    says: '2.39:1 between bars in 16:9, mirrored',
    ...{ of: '2.39:1', ending: 'mp4', how: ['-vf', 'hflip,pad=1280:720:0:92'], goal: all },
  },
  {
    says: '2.39:1 between bars in 16:9, half the size, CRF 28',
    ...{ of: '2.39:1', ending: 'mp4', how: ['-vf', 'pad=1280:720:0:92,scale=640:-2', '-crf', '28'] },
    goal: nobodyPromises,
  },
  {
    says: '4:3 between bars in 16:9',
    of: '4:3',
    ending: 'mp4',
    how: ['-vf', 'pad=1280:720:160:0'],
    goal: all,
  },
  {
    says: '9:16 between bars in 16:9',
    ...{ of: '9:16', ending: 'mp4', how: ['-vf', 'scale=-2:720,pad=1280:720:(ow-iw)/2:0'], goal: all },
  },
  {
    says: '16:9 between bars in 9:16',
    ...{ ending: 'mp4', how: ['-vf', 'scale=720:-2,pad=720:1280:0:(oh-ih)/2'], goal: all },
  },
  {
    says: 'with white all around',
    ...{ ending: 'mp4', how: ['-vf', 'pad=1600:1000:100:200:white'], goal: all },
  },
  {
    says: 'between bars made of itself, blurred',
    ...{
      ending: 'mp4',
      how: [
        '-filter_complex',
        '[0:v]split[a][b];[a]scale=720:1280,gblur=20[c];[b]scale=720:-2[d];[c][d]overlay=0:(H-h)/2',
      ],
    },
    goal: nobodyPromises,
  },
];
