import type { Disguise } from './disguises.ts';

const words = (name: string) => name.split(' ');
const first = (name: string) => words(name)[0]!;
const last = (name: string) => words(name).at(-1)!;
const map = (text: string, table: Record<string, string>) =>
  [...text].map((letter) => table[letter] ?? letter).join('');
const from = (letters: string, signs: string) =>
  Object.fromEntries([...letters].map((letter, at) => [letter, [...signs][at]!]));

const smallCapitals = from('abcdefghijklmnoprstuvwyz', 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘʀꜱᴛᴜᴠᴡʏᴢ');
const fraktur = from('abcdefghijklmnopqrstuvwxyz', '𝔞𝔟𝔠𝔡𝔢𝔣𝔤𝔥𝔦𝔧𝔨𝔩𝔪𝔫𝔬𝔭𝔮𝔯𝔰𝔱𝔲𝔳𝔴𝔵𝔶𝔷');
const strokes = from('abcdefghijlortuyz', 'ⱥƀȼđɇfǥħɨɉłøɍŧʉɏƶ');
const mixed = from('aceinoprstuwxyBHKMTE', 'αсєіηορгѕтυωхуВНКМТЕ');
const turned = from('abcdefghijklmnopqrstuvwxyz', 'ɐqɔpǝɟƃɥᴉɾʞlɯuodbɹsʇnʌʍxʎz');
const armed = from('aeiost', '@3!0$7');

/** Names as a Greek newspaper would print them. */
const greek =
  'sch σ,sh σ,ch τσ,ph φ,th θ,ck κ,qu κου,ee ι,oo ου,ou ου,ai ει,j τζ,a α,b μπ,c κ,d ντ,e ε,f φ,g γκ,h χ,i ι,k κ,l λ,m μ,n ν,o ο,p π,q κ,r ρ,s σ,t τ,u ου,v β,w γου,x ξ,y ι,z ζ,- ,'
    .split(',')
    .map((pair) => pair.split(' ') as [string, string])
    .filter(([form]) => form !== '');

/** Ways that the matcher was not tuned on: written after it, measured once more whenever it changes, and not looked into to make them better. */
export const heldOutDisguises: Record<string, Disguise> = {
  'as a tag': (name) => `#${name.replaceAll(' ', '')}`,
  'as an address': (name) => `www.${name.toLowerCase().replaceAll(' ', '')}.com`,
  'in e-mail form': (name) => `${name.toLowerCase().replaceAll(' ', '.')}@mail.example`,
  'letters apart by slashes': (name) => [...name.replaceAll(' ', '')].join('/'),
  'letters apart by bars': (name) => [...name].join('|'),
  'words apart by dots': (name) => name.replaceAll(' ', '...'),
  'in tags of HTML': (name) => `<b>${first(name)}</b> <i>${words(name).slice(1).join(' ')}</i>`,
  'last letters in brackets': (name) =>
    words(name)
      .map((word) => `${word.slice(0, -2)}(${word.slice(-2)})`)
      .join(' '),
  'cut in halves': (name) =>
    words(name)
      .map((word) => `${word.slice(0, Math.ceil(word.length / 2))} ${word.slice(Math.ceil(word.length / 2))}`)
      .join(' '),
  'with a line between': (name) => name.replace(' ', '\n'),
  'wide spaces': (name) => [...name].join('\u2003'),
  'small capitals': (name) => map(name.toLowerCase(), smallCapitals),
  Fraktur: (name) => map(name.toLowerCase(), fraktur),
  'letters with strokes': (name) => map(name.toLowerCase(), strokes),
  'letters of three alphabets': (name) => map(name, mixed),
  'upside down': (name) => [...map(name.toLowerCase(), turned)].reverse().join(''),
  'each word backwards': (name) =>
    words(name)
      .map((word) => [...word].reverse().join(''))
      .join(' '),
  'signs and hyphens together': (name) => map(name.toLowerCase(), armed).replaceAll(' ', '-'),
  'hidden characters and look-alikes together': (name) => [...map(name, mixed)].join('\u200c'),
  'a vowel changed': (name, random) => {
    const at = [...last(name).matchAll(/[aeiou]/g)].map(({ index }) => index);
    const place = at[Math.floor(random() * at.length)]!;
    const vowel = 'aeiou'[Math.floor(random() * 5)]!;
    return (
      name.slice(0, name.length - last(name).length) +
      last(name).slice(0, place) +
      vowel +
      last(name).slice(place + 1)
    );
  },
  'a letter left out of each word': (name, random) =>
    words(name)
      .map((word) => {
        const at = 1 + Math.floor(random() * (word.length - 1));
        return word.length < 5 ? word : word.slice(0, at) + word.slice(at + 1);
      })
      .join(' '),
  'neighbours swapped': (name, random) => {
    const at = 1 + Math.floor(random() * (last(name).length - 2));
    const word = last(name);
    return `${first(name)} ${word.slice(0, at)}${word[at + 1]}${word[at]}${word.slice(at + 2)}`;
  },
  'consonants doubled': (name) => name.replace(/([bdglmnprst])(?=[aeiou])/g, '$1$1'),
  'k for c, f for ph, z for s': (name) =>
    name
      .replace(/C(?=[aolr])/g, 'K')
      .replace(/c(?=[aolr])/g, 'k')
      .replace(/ph/g, 'f')
      .replace(/s\b/g, 'z'),
  'between quotation marks': (name) => `“${first(name)}” ‘${last(name)}’`,
  'with -san': (name) => `${last(name)} ${first(name)}-san`,
  'with a second family name': (name) => `${name}-Miller`,
  'in French': (name) => `le visage de ${name}`,
  'in German': (name) => `${name}s Gesicht`,
  'in Greek': (name) =>
    words(name.toLowerCase())
      .map((word) => greek.reduce((text, [form, letter]) => text.replaceAll(form, letter), word))
      .join(' '),
};

/** Parts of names in sentences that were not tuned on. */
export const heldOutParts: Record<string, Disguise> = {
  'family name, then the profession': (name, _, context) =>
    `${last(name)}, the ${context[0]}, waves from a balcony`,
  'family name among what is known': (name, _, context) =>
    `a scene from ${context[1] ?? context[0]} with ${last(name)} in a red coat`,
  'profession and family name in small letters': (name, _, context) =>
    `${context[0]} ${last(name)} at night`.toLowerCase(),
  'initial with family name, possessive': (name) => `${first(name)[0]}. ${last(name)}'s kitchen`,
  'two initials and family name': (name) => `${first(name)[0]}.K. ${last(name)} reads a letter`,
  'given name and initial, what is known': (name, _, context) =>
    `${first(name)} ${last(name)[0]}. of ${context[1] ?? context[0]}`,
};
