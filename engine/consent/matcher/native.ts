/** Marks that a script may leave out: accents, the vowels of Arabic and Hebrew, the dot below of India. Breve and diaeresis go too, so й is и and ё is е. */
const marks = /[\u0300-\u036f\u064b-\u065f\u0670\u05b0-\u05c7\u093c'’‘`´ʼ׳ـ\u200c\u200d]/gu;

/** Letters that are written as another at the end of a word, or by another keyboard. */
const same: Readonly<Record<string, string>> = { ى: 'ي', ی: 'ي', ک: 'ك', ة: 'ه', ٱ: 'ا', ς: 'σ' };

/** A word of another script as it is looked up: in small letters, without the marks that one may leave out. */
export function nativeOf(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(marks, '')
    .normalize('NFC')
    .replace(/[ىیکةٱς]/gu, (letter) => same[letter]!);
}
