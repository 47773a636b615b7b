/** Characters of Chinese, and others, that a generator of fancy letters takes for ours: 卂乃匚 is ABC. */
// biome-ignore format: a table reads better in rows
const dressed: Readonly<Record<string, string>> = {
  卂: 'a', 丹: 'a', 乃: 'b', 匚: 'c', ᗪ: 'd', 乇: 'e', 千: 'f', Ꮆ: 'g', 卄: 'h', 丨: 'i', 工: 'i', ﾌ: 'j', Ҝ: 'k', ㄥ: 'l', 爪: 'm', 几: 'n', 刀: 'n', ㄖ: 'o', 口: 'o',
  卩: 'p', Ɋ: 'q', 尺: 'r', 丂: 's', ㄒ: 't', 丅: 't', ㄩ: 'u', 凵: 'u', ᐯ: 'v', 山: 'w', 乂: 'x', ㄚ: 'y', 丫: 'y', 乙: 'z',
};

/** Those of them that hardly anything else is written with. */
const telling = /[卂卄丂乇ㄖㄒㄩㄥㄚ匚卩乂丨丅凵]/u;

/** How many UTF-16 units of a word are looked at, before and behind. */
const longest = 40;

/** The letter that a character is there for, in a word of nothing but such characters and ours; null where it is what it is. */
export function dressedUp(text: string, at: number): string | null {
  const letter = dressed[text[at]!];
  if (letter === undefined) return null;
  let from = at;
  while (from > 0 && at - from < longest && isOfWord(text[from - 1]!)) from--;
  let to = at + 1;
  while (to < text.length && to - at < longest && isOfWord(text[to]!)) to++;
  const isBare = !isForeign(text[from - 1]) && !isForeign(text[to]);
  return isBare && telling.test(text.slice(from, to)) ? letter : null;
}

function isOfWord(character: string): boolean {
  return dressed[character] !== undefined || /[\p{Script=Latin}\p{M}\d]/u.test(character);
}

/** Of a script that people write in, so that the word goes on. */
function isForeign(character: string | undefined): boolean {
  return character !== undefined && /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Bopomofo}]/u.test(character);
}
