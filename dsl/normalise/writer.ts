import type { Piece } from './position-map.ts';

/** Collects the normalised text, and where it differs from what was typed. */
export interface Writer {
  /** Copies typed characters. */
  keep(text: string): void;
  /** Puts `text` in place of `typed` characters. */
  replace(typed: number, text: string): void;
  finish(): { text: string; pieces: Piece[] };
}

export function createWriter(): Writer {
  const chunks: string[] = [];
  const pieces: Piece[] = [];
  let [at, typedAt] = [0, 0];
  return {
    keep(text) {
      chunks.push(text);
      at += text.length;
      typedAt += text.length;
    },
    replace(typed, text) {
      pieces.push({ at, length: text.length, typedAt, typedLength: typed });
      chunks.push(text);
      at += text.length;
      typedAt += typed;
    },
    finish: () => ({ text: chunks.join(''), pieces }),
  };
}
