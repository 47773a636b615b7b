/** What decoders said of a clip that opened well: ffmpeg conceals what it cannot read, goes on and exits 0. */
export interface Damage {
  /** Pictures (or pieces of sound) that came out damaged or not at all, as far as ffmpeg counts them: a lower bound. */
  pieces: number;
  /** Whether a decoder complained at all. MJPEG's only complains; HEVC's and VP9's do not notice a changed byte. */
  any: boolean;
}

export const undamaged: Damage = Object.freeze({ pieces: 0, any: false });

/** Reads ffmpeg's standard error as it comes, at `-v repeat+level+warning`, and counts. A clip that is whole says nothing there, also when
 * its reading begins amid an open group of pictures. */
export function damageReader(): { read(text: string): void; damage(): Damage } {
  let rest = '';
  let damage = undamaged;
  const line = (text: string) => {
    if (counted.test(text)) damage = { pieces: damage.pieces + 1, any: true };
    else if (complaint.test(text)) damage = { ...damage, any: true };
  };
  return {
    read(text) {
      const lines = (rest + text).split('\n');
      rest = (lines.pop() ?? '').slice(-1000);
      for (const one of lines) line(one);
    },
    damage: () => damage,
  };
}

/** Damage of several runs over the same clip. */
export function together(one: Damage, other: Damage): Damage {
  return { pieces: one.pieces + other.pieces, any: one.any || other.any };
}

/** For the asker: `clip 2 is damaged: at least 3 pictures could not be read whole`; null when nothing was. */
export function damageNote(clip: string, damage: Damage, of: 'picture' | 'picture or sound'): string | null {
  if (!damage.any) return null;
  const parts = of === 'picture' ? 'picture' : 'picture or piece of sound';
  const many = of === 'picture' ? 'pictures' : 'pictures or pieces of sound';
  const what =
    damage.pieces === 0
      ? `not every ${parts} could be read whole`
      : `at least ${damage.pieces} ${damage.pieces === 1 ? parts : many} could not be read whole`;
  return `${clip} is damaged: ${what}`;
}

/** One line a picture, in ffmpeg 5 and 7: concealed, or lost with its packet. */
const counted = /corrupt decoded frame|Error while decoding stream #|Error submitting packet to decoder/;

/** `[mjpeg @ 0x55e2] [error] overread 8`, `corrupt input packet in stream 0`. */
const complaint = /^\[[^\]]+ @ [^\]]+\] \[error\]|corrupt input packet/;
