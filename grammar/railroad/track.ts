/** A piece of railroad track: it enters at the left and leaves at the right on its main line. Sizes in pixels. */
export interface Track {
  width: number;
  /** Above and below the main line. */
  up: number;
  down: number;
  /** SVG elements, with the left end of the main line at (x, y). */
  draw(x: number, y: number): string;
}

const letter = 7.3;
const half = 12;
const gap = 10;
const bend = 10;

/** A token (round) or another rule (square, a link). */
export function box(text: string, rule: boolean): Track {
  const width = Math.round(text.length * letter) + 22;
  return {
    width,
    up: half,
    down: half,
    draw(x, y) {
      const shape = `<rect x="${x}" y="${y - half}" width="${width}" height="${2 * half}" rx="${rule ? 2 : half}" class="${rule ? 'rule' : 'token'}"/>`;
      const label = `<text x="${x + width / 2}" y="${y + 4.5}">${escapeXml(text)}</text>`;
      return rule ? `<a href="#${text.replaceAll(' ', '-')}">${shape}${label}</a>` : shape + label;
    },
  };
}

export function inRow(tracks: readonly Track[]): Track {
  if (tracks.length === 0) return { width: gap, up: 0, down: 0, draw: (x, y) => line(x, y, gap) };
  return {
    width: tracks.reduce((sum, track) => sum + track.width, gap * (tracks.length - 1)),
    up: Math.max(...tracks.map(({ up }) => up)),
    down: Math.max(...tracks.map(({ down }) => down)),
    draw(x, y) {
      let at = x;
      return tracks
        .map((track, index) => {
          const link = index === 0 ? '' : line(at, y, gap);
          if (index > 0) at += gap;
          const drawn = link + track.draw(at, y);
          at += track.width;
          return drawn;
        })
        .join('');
    },
  };
}

/** One of several, the first on the main line. */
export function either(tracks: readonly Track[]): Track {
  const [first, ...others] = tracks;
  if (first === undefined) return inRow([]);
  const inner = Math.max(...tracks.map(({ width }) => width));
  const width = inner + 4 * bend;
  const drops = others.map((track, index) => {
    const above = [first, ...others.slice(0, index)];
    return (
      above.reduce((sum, each, place) => sum + each.down + (place === 0 ? 0 : each.up) + gap, 0) + track.up
    );
  });
  const last = others.at(-1);
  return {
    width,
    up: first.up,
    down: last === undefined ? first.down : (drops.at(-1) ?? 0) + last.down,
    draw(x, y) {
      const main =
        line(x, y, 2 * bend) +
        first.draw(x + 2 * bend, y) +
        line(x + 2 * bend + first.width, y, width - 2 * bend - first.width);
      const rest = others.map((track, index) => {
        const at = y + (drops[index] ?? 0);
        const end = x + 2 * bend + track.width;
        return (
          `<path d="M${x} ${y}q${bend} 0 ${bend} ${bend}V${at - bend}q0 ${bend} ${bend} ${bend}"/>` +
          track.draw(x + 2 * bend, at) +
          `<path d="M${end} ${at}H${x + width - 2 * bend}q${bend} 0 ${bend} ${-bend}V${y + bend}q0 ${-bend} ${bend} ${-bend}"/>`
        );
      });
      return main + rest.join('');
    },
  };
}

/** At most once: the main line passes by, the track hangs below. */
export function skippable(track: Track): Track {
  return either([inRow([{ width: 0, up: 0, down: 0, draw: () => '' }]), track]);
}

/** Any number of times: as `skippable`, with a way back below. */
export function repeated(track: Track): Track {
  const down = track.down + gap + bend;
  return skippable({
    width: track.width + 2 * bend,
    up: track.up,
    down,
    draw(x, y) {
      const [left, right, back] = [x + bend, x + bend + track.width, y + down - 2];
      return (
        line(x, y, bend) +
        track.draw(left, y) +
        line(right, y, bend) +
        `<path d="M${right} ${y}q${bend} 0 ${bend} ${bend}V${back - bend}q0 ${bend} ${-bend} ${bend}H${left}q${-bend} 0 ${-bend} ${-bend}V${y + bend}q0 ${-bend} ${bend} ${-bend}"/>`
      );
    },
  });
}

export function escapeXml(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function line(x: number, y: number, length: number): string {
  return length === 0 ? '' : `<path d="M${x} ${y}h${length}"/>`;
}
