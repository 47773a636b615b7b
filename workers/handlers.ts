import type { Egress } from '../engine/egress/door.ts';
import type { Prober } from '../engine/prober.ts';
import { createDeliver } from './deliver.ts';
import { createEnhance } from './enhance.ts';
import { createExport } from './export.ts';
import type { MediaTools } from './ffmpeg/tools.ts';
import { createFit } from './fit.ts';
import { createFrame } from './frame.ts';
import { createGenerate } from './generate.ts';
import type { GiveOut } from './give-out.ts';
import { createGrade } from './grade.ts';
import type { Handler } from './handler.ts';
import { createMeasure } from './measure.ts';
import type { ModelStore } from './models/store.ts';
import { createNotify } from './notify.ts';
import type { ProviderReport } from './onnx/probe.ts';
import { createPass } from './pass.ts';
import { createProbe } from './probe.ts';
import { createSelect } from './select.ts';
import { createShots } from './shots.ts';
import { createStitch } from './stitch.ts';
import { createStoryboard } from './storyboard/storyboard.ts';
import { createTrim } from './trim.ts';
import { createVerify, type VerifyTools } from './verify.ts';

/** What the handlers work with. */
export interface Tools {
  media: MediaTools;
  prober: Prober;
  models: ModelStore;
  egress: Egress;
  probeProviders: () => Promise<ProviderReport[]>;
  /** The key that signs call-backs, as bytes. */
  notifyKey: () => Promise<Uint8Array>;
  /** Whether a preview was made of these bytes for this limit before; see engine/delivery/previews.ts. */
  hasPreview: (workspace: string, of: string, fits: number) => Promise<boolean>;
  /** What leaves instead of bytes of the store; these themselves where it is left out. */
  giveOut?: GiveOut;
  /** Reads and checks content credentials. */
  readTold: VerifyTools['readTold'];
  /** Looks for marks in frames. */
  readMarks: VerifyTools['readMarks'];
  cores: number;
  /** Work that a piece of a long clip has, as `piecesOf` reckons; the usual by default. */
  pieceSeconds?: number;
}

/** The explicit list: which function does which operation's work. */
export function createHandlers(tools: Tools): Readonly<Record<string, Handler>> {
  const handlers = {
    generate: createGenerate([createStoryboard(tools)]),
    enhance: createEnhance(tools),
    stitch: createStitch(tools.media),
    trim: createTrim(tools.media),
    frame: createFrame(tools.media),
    grade: createGrade(tools),
    pass: createPass(tools),
    probe: createProbe(tools.prober),
    verify: createVerify(tools),
    shots: createShots(tools.media),
    measure: createMeasure(tools.media),
    select: createSelect(),
    export: createExport(tools.giveOut),
    deliver: createDeliver(tools),
    notify: createNotify({ egress: tools.egress, key: tools.notifyKey }),
    fit: createFit(tools),
  };
  // A plan's arguments were checked by the operation that made them; each handler says which it takes.
  return handlers as unknown as Readonly<Record<string, Handler>>;
}
