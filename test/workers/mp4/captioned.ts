/** Puts captions of CEA-608 into an H.264 stream (Annex B): before the slices of each picture a message with the next two characters. */
export function withCaptions(stream: Buffer, text: string): Buffer {
  const pairs = pairsOf(text);
  const out: Buffer[] = [];
  let picture = 0;
  for (const unit of unitsOf(stream)) {
    const type = unit[0]! & 31;
    // The first slice of a picture: its first macroblock is number 0, which is written as a single bit.
    if ((type === 1 || type === 5) && unit[1]! & 0x80)
      out.push(startCode, messageOf(pairs[picture++] ?? [0x80, 0x80]));
    out.push(startCode, unit);
  }
  if (picture < pairs.length) throw new Error(`${pairs.length} pictures are needed, there are ${picture}`);
  return Buffer.concat(out);
}

const startCode = Buffer.from([0, 0, 0, 1]);

/** Roll-up captions, the first two channel commands sent twice as they must be. */
function pairsOf(text: string): [number, number][] {
  const commands: [number, number][] = [[0x14, 0x25], [0x14, 0x25], [0x14, 0x2d], [0x14, 0x2d], [0x14, 0x70], [0x14, 0x70]]; // biome-ignore format: one line
  const letters = Buffer.from(text.length % 2 ? `${text} ` : text, 'latin1');
  const said = Array.from({ length: letters.length / 2 }, (_, at): [number, number] => [
    letters[2 * at]!,
    letters[2 * at + 1]!,
  ]);
  return [...commands, ...said].map(([one, two]) => [odd(one), odd(two)]);
}

/** With the bit of parity that makes the number of ones odd. */
function odd(byte: number): number {
  const ones = [...(byte & 0x7f).toString(2)].filter((bit) => bit === '1').length;
  return ones % 2 ? byte : byte | 0x80;
}

function messageOf([one, two]: [number, number]): Buffer {
  const payload = [0xb5, 0x00, 0x31, ...Buffer.from('GA94'), 0x03, 0xc1, 0xff, 0xfc, one, two, 0xff];
  return Buffer.from([6, 4, payload.length, ...payload, 0x80]);
}

function unitsOf(stream: Buffer): Buffer[] {
  const starts: number[] = [];
  for (let at = stream.indexOf('000001', 0, 'hex'); at !== -1; at = stream.indexOf('000001', at + 3, 'hex'))
    starts.push(at);
  return starts.map((start, n) => {
    let end = starts[n + 1] ?? stream.length;
    while (end > start && stream[end - 1] === 0) end--;
    return stream.subarray(start + 3, end);
  });
}
