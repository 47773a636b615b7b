/** Two bytes of captions. Type 0 and 1: a field of CEA-608; 2 and 3: going on with, and beginning, a packet of CEA-708. */
export interface Pair {
  type: number;
  one: number;
  two: number;
}

/** Puts captions together as they come; `text` gives what was said on each channel, one after the other. */
export interface LineReader {
  take(pair: Pair): void;
  text(): string;
}

/** ASCII but for these (CEA-608 §F.1.1). */
const basic: Record<number, string> = { 42: 'á', 92: 'é', 94: 'í', 95: 'ó', 96: 'ú', 123: 'ç', 124: '÷', 125: 'Ñ', 126: 'ñ', 127: ' ' }; // biome-ignore format: a table
const special = '®°½¿™¢£♪à èâêîôû';
/** Two tables of 32 characters that stand for the one before (CEA-608 §F.1.1.3). */
const extended: readonly [string, string] = [
  'ÁÉÓÚÜü‘¡*’—©℠•“”ÀÂÇÈÊËëÎÏïÔÙùÛ«»',
  'ÃãÍÌìÒòÕõ{}\\^_|~ÄäÖöß¥¤|ÅåØø┌┐└┘',
];

/** Reads captions of both standards, at most so many characters of each channel. */
export function lineReader(most: number): LineReader {
  const fields = [fieldReader(most), fieldReader(most)] as const;
  const packets = packetReader(most);
  return {
    take({ type, one, two }) {
      if (type < 2) fields[type as 0 | 1].take(one & 0x7f, two & 0x7f);
      else packets.take(type === 3, one, two);
    },
    text: () =>
      [...fields.map((field) => field.text()), packets.text()]
        .map((text) => text.replace(/\s*\n\s*/g, '\n').trim())
        .filter((text) => text !== '')
        .join('\n'),
  };
}

/** One field of CEA-608, its two channels apart. */
function fieldReader(most: number): { take(one: number, two: number): void; text(): string } {
  const channels = ['', ''];
  let channel = 0;
  let before = -1;
  const put = (text: string) => {
    if (channels[channel]!.length < most) channels[channel] += text;
  };
  return {
    take(one, two) {
      if (one >= 0x20) {
        before = -1;
        for (const code of [one, two]) if (code >= 0x20) put(basic[code] ?? String.fromCharCode(code));
        return;
      }
      if (one < 0x10) return;
      // Each command is sent twice.
      const command = one * 256 + two;
      const again = command === before;
      before = again ? -1 : command;
      channel = one & 8 ? 1 : 0;
      if (again) return;
      const kind = one & 0x17;
      if (kind === 0x11 && two >= 0x30 && two < 0x40) put(special[two - 0x30]!);
      else if ((kind === 0x12 || kind === 0x13) && two >= 0x20 && two < 0x40) {
        channels[channel] = channels[channel]!.slice(0, -1);
        put(extended[kind === 0x12 ? 0 : 1][two - 0x20]!);
      }
      // Where a colour changes within a line there is a space; everything else begins a line.
      else put(kind === 0x11 && two >= 0x20 && two < 0x30 ? ' ' : '\n');
    },
    text: () => channels.join('\n'),
  };
}

/** What stands behind a code of CEA-708's C1, in bytes (CEA-708 §8.10.5). */
const behind: Record<number, number> = { 136: 1, 137: 1, 138: 1, 139: 1, 140: 1, 141: 1, 144: 2, 145: 3, 146: 2, 151: 4, 152: 6, 153: 6, 154: 6, 155: 6, 156: 6, 157: 6, 158: 6, 159: 6 }; // biome-ignore format: a table

/** CEA-708: packets of blocks, each of a service; what is written of all of them, in Latin-1. */
function packetReader(most: number): {
  take(begins: boolean, one: number, two: number): void;
  text(): string;
} {
  const services = new Map<number, string>();
  let packet: number[] = [];
  const put = (service: number, text: string) => {
    const before = services.get(service) ?? '';
    if (before.length < most) services.set(service, before + text);
  };
  const read = () => {
    for (let at = 1; at < packet.length; ) {
      const size = packet[at]! & 31;
      let service = packet[at]! >> 5;
      at++;
      if (service === 7 && size !== 0) service = packet[at++]! & 63;
      const end = Math.min(at + size, packet.length);
      if (service === 0 || size === 0) return;
      for (; at < end; at++) {
        const code = packet[at]!;
        if (code >= 0x20 && code < 0x80) put(service, String.fromCharCode(code));
        else if (code >= 0xa0) put(service, String.fromCharCode(code));
        else if (code >= 0x80) {
          at += behind[code] ?? 0;
          put(service, code >= 0x90 && code < 0x92 ? '' : '\n');
        } else if (code === 0x10) at++;
        else if (code === 0x18) at += 2;
        else if (code >= 0x11 && code < 0x18) at++;
        else if (code > 0x18) at += 2;
        else if (code === 0x0d || code === 0x0c) put(service, '\n');
      }
    }
  };
  return {
    take(begins, one, two) {
      if (begins) {
        read();
        packet = [one, two];
      } else if (packet.length > 0 && packet.length < 128) packet.push(one, two);
    },
    text() {
      read();
      packet = [];
      return [...services.values()].join('\n');
    },
  };
}
