import type { Json, JsonObject } from './json.ts';

/** The checked arguments of each operation, as they stand in a plan and as handlers receive them. Durations in seconds, rates in
 * frames a second, sizes in pixels, percentages as fractions (40% is 0.4). */

export type GenerateArguments = {
  prompt: string;
  /** Its first frame is the picture that is an input of the role `operand`; absent where it begins with nothing. */
  begins?: true;
  /** Who is in it, and the grants that allow it where the asker named some; absent when nobody is cast. */
  cast?: string[];
  under?: string[];
  /** Seconds, more than 0, at most 120. */
  duration: number;
  /** Even numbers, 64 to 4096 a side. */
  width: number;
  height: number;
  /** Frames a second, 1 to 60. */
  fps: number;
  /** 0 to 2^32 - 1; when the asker gave none, derived from the prompt so that equal statements are equal work. */
  seed: number;
  /** Name of the generator: `storyboard`. */
  generator: string;
  backdrop: string | null;
  weather: string | null;
  time: string | null;
  camera: CameraArguments;
  color: ColorArguments;
};

/** Null where the asker said nothing: the generator's own choice. */
export type CameraArguments = {
  /** Focal length, millimetres on full frame, 8 to 400. */
  lens: number | null;
  /** f-number, 0.7 to 32. */
  aperture: number | null;
  /** Seconds the shutter is open, 1/8000 to 1. */
  shutter: number | null;
  /** static, pan-left, pan-right, tilt-up, tilt-down, dolly-in, dolly-out, orbit, handheld. */
  move: string | null;
};

export type ColorArguments = {
  /** Kelvin of the white balance, 1500 to 15000; 6500 is neutral, higher is warmer like a camera's dial. */
  temperature: number | null;
  /** EV, -5 to 5. */
  exposure: number | null;
  /** -1 to 1; 0 changes nothing. */
  contrast: number | null;
  saturation: number | null;
  /** Named looks: teal-orange, noir, bleach, vintage, warm, cool. */
  grade: string | null;
  /** 0 to 1. */
  grain: number | null;
  vignette: number | null;
  /** A .cube file is an input with the role `lut`; true when there is one. */
  lut: boolean;
};

export type EnhanceArguments = {
  /** 2, 3 or 4; null for none. */
  upscale: number | null;
  /** 0 to 100, strength. */
  denoise: number | null;
  /** Frames a second to reach. */
  interpolate: number | null;
  /** Name of the network for `upscale`; null when not upscaling. */
  model: string | null;
  /** Name of the network for `interpolate`; null when not interpolating. */
  interpolator: string | null;
  /** Absent when all of it is made. */
  part?: FramePart;
};

/** Frames [from, to) of what comes out of frame work, without its sound: a segment of a long clip. Put there by the engine. */
export type FramePart = { from: number; to: number };

export type StitchArguments = {
  width: number | null;
  height: number | null;
  fps: number | null;
  fit: 'pad' | 'crop';
  transition: { kind: string; duration: number } | null;
  /** Parts that the stitch cuts out of its operands itself, one for each; absent when all are whole. Put there by the optimiser. */
  ranges?: (TrimArguments | null)[];
};

/** Exact to the frame: frames whose time is in [from, to). */
export type TrimArguments = { from: number; to: number | null };

export type GradeArguments = ColorArguments & {
  /** Millimetres, gives field-of-view distortion and fringing of such a lens; null for none. */
  lens: number | null;
  /** Seconds the shutter is open: motion blur by blending. */
  shutter: number | null;
  /** Absent when all of it is made. */
  part?: FramePart;
};

/** What is kept of a list: `list` names what it is a list of (`shots`), the rest is as in a Query. */
export type SelectArguments = {
  list: string;
  /** A Condition. */
  where: Json;
  /** Of Order. */
  order: Json[];
  limit: number | null;
};

/** Stages of frame work done in one pass, which the optimiser makes of steps that nobody looks between. Networks run in the last stage
 * only. What a stage reads beside the frames is an input with the role `lut of 2`. */
export type PassArguments = {
  stages: PassStage[];
  /** What the frames are brought to at the end; null leaves them as they come out. */
  shape: {
    width: number;
    height: number;
    rate: { num: number; den: number };
    fit: 'pad' | 'crop';
    /** Colours of the clips that the result stands beside. */
    matrix: 'bt709' | 'bt601';
  } | null;
  /** Absent when all of it is made. */
  part?: FramePart;
};

export type PassStage =
  | { operation: 'trim'; version: number; arguments: TrimArguments }
  | { operation: 'grade'; version: number; arguments: GradeArguments }
  | { operation: 'enhance'; version: number; arguments: EnhanceArguments };

export type ProbeArguments = Record<string, never>;

export type VerifyArguments = Record<string, never>;

export type ShotsArguments = {
  /** 0 to 1; the higher, the weaker the cuts that count. */
  sensitivity: number;
  /** Seconds, more than 0, at most 600: no shot is shorter. */
  shortest: number;
};

export type MeasureArguments = {
  /** Seconds from a sample to the next, more than 0, at most 60. */
  every: number;
};

/** Writes the input under the export root. The path is relative to the root, `/`-separated, already checked for shape. */
export type ExportArguments = { path: string; overwrite: boolean };

/** The last frame of a part of a clip, as a picture: of the frames whose time is in [from, to), seconds. */
export type FrameArguments = { from: number; to: number | null };

/** Puts the input to a URL. */
export type DeliverArguments = { url: string };

/** Posts signed JSON about the step it depends on. */
export type NotifyArguments = { url: string };

/** Makes a preview of at most so many bytes of what is larger. */
export type FitArguments = { bytes: number };

export type ArgumentsOf = {
  generate: GenerateArguments;
  enhance: EnhanceArguments;
  stitch: StitchArguments;
  trim: TrimArguments;
  frame: FrameArguments;
  grade: GradeArguments;
  pass: PassArguments;
  probe: ProbeArguments;
  verify: VerifyArguments;
  shots: ShotsArguments;
  measure: MeasureArguments;
  export: ExportArguments;
  deliver: DeliverArguments;
  notify: NotifyArguments;
  fit: FitArguments;
};

type _AllAreJson = ArgumentsOf[keyof ArgumentsOf] extends JsonObject ? true : never;

/** What a command is told, by verb; `Command.subject` says which variant. All in words as typed, ids in lower case. */
export type CommandArgumentsOf = {
  /** Subject: groups, videos, images, audio, texts, media, prompts, jobs, cache, settings, verbs or models. `page` counts from 1, for lists that may be
   * long. */
  show: { page?: number };
  /** Subject: group (an id `g7`), groups (one, or all without a target) or empty (any id, or a name to look for). */
  find: { target?: string; page?: number };
  /** Subject: pipelines, prompts or videos. Finds the text in what was there before. */
  search: { text: string; page?: number };
  /** Subject: group (an id `g7`) or empty (a media id `v12`, a name, or `g7`). */
  remove: { target: string };
  /** Subject: cache or group. `target`: an id `g7`; `older`: seconds since it was last used, null for all. */
  purge: { target: string } | { older: number | null };
  /** `g7` or `j40`. */
  cancel: { target: string };
  retry: { target: string };
  /** The value as text in base spelling: `2s`, `1280x720`, `24fps`, `on`; checked against the setting's type. */
  set: { name: string; value: string };
  /** A verb in capitals, or null for all. */
  help: { verb: string | null };
  credits: Record<string, never>;
  /** Subject: of. `source` is the path or id as typed; the rest is what the world knew about it. */
  recipe: { source: string; hash: string; recipe: string | null };
  /** Subject: the collection. `query` is a Query, `page` counts from 1. */
  from: { query: Json; page: number };
  /** Subject: out or in. `text` is the name; evidence in quotes is a file, without them media of the workspace. */
  opt: {
    text: string;
    because: string | null;
    erase?: boolean | null;
    evidence?: string | null;
    identity?: string | null;
  };
  /** Days as ISO 8601. */
  grant: {
    text: string;
    use: string[];
    from: string | null;
    until: string | null;
    territory: string | null;
    except: string[] | null;
    evidence: string | null;
    identity: string | null;
    because: string | null;
  };
  /** Subject: namesake. `for` is the text in question. */
  claim: { text: string; for: string | null; because: string | null };
  /** `r9`. */
  approve: { target: string };
  deny: { target: string; because: string | null };
  escalate: { target: string; because: string | null };
  revoke: { target: string; because: string | null };
  /** Subject: of. */
  uses: { text: string };
  /** A media id or a name, and the name of who it shows. */
  report: { target: string; shows: string | null; because: string | null };
  /** Subject: face. `text` is the name. */
  remember: {
    text: string;
    from: string | null;
    evidence: string | null;
    identity: string | null;
    because: string | null;
  };
  /** Subject: face. */
  forget: { text: string };
  /** Subject: people. `text` is the path as typed. */
  import: { text: string };
  /** Subject: mapreduce. The parts that were said, in canonical PQL. */
  start: { group: string | null; map: string | null; reduce: string | null };
};
