import { readFileSync } from 'node:fs';

import { chance, pick } from './chance.ts';

const w = (text: string) => text.split('|');

/** What ordinary prompts are made of; many of the words are names too. */
const words: Record<string, readonly string[]> = {
  creature: w(
    'a cat|a dog|an old fox|a tiger|two swans|a martin|a robin|a herd of deer|a roe deer|a wolf|a swift|a jay|an octopus|a whale|a lamb|a bear|a finch|a red panda|a drake|a black horse|a ray|a crane|a raven|a buck|a bull|a brown hen',
  ),
  person: w(
    'a young woman|an old man|a girl with a kite|a blacksmith|a baker|a potter|a fisher|two children|a tall knight|a nurse|a pilot|a cook|a farmer in a straw hat|a ballerina|a monk|a shepherd|a carpenter|a bride|a king in ermine|a queen with a fan|a prince of cats|an archer|a mason|a hunter|a singer without a face|an actor in a mask|a tennis player in white|a footballer in the mud|a famous chef|a senator made of clay',
  ),
  named: w(
    'Emily|Marcus|Grandpa Joe|Sofia|little Anna|Uncle Ben|a girl named Lily|a boy called Max|Captain Hook|Santa Claus|Sherlock Holmes|Robin Hood|King Arthur|Merlin|Cinderella|Snow White|Peter Pan|Mr. Fox|Mrs. Brown|Doctor Watson|Romeo and Juliet|Hansel and Gretel|Zeus|Thor the dog|Athena|Buddha|Ms. Green|Professor Plum|Old Tom',
  ),
  place: w(
    'Paris|London|New York|Washington|Houston|Austin|Dallas|Sydney|Florence|Vienna|Sofia|Jordan|Georgia|Lincoln, Nebraska|Charlotte|Madison|Orlando|Chelsea|Brooklyn|Kingston|Victoria|Wellington|Darwin|Jackson, Wyoming|Denver|Cairo|Tokyo|Kyoto|Mumbai|San Francisco|Los Angeles|Santa Fe|Lake Como|Mount Fuji|Big Sur|Cape Town|Rio de Janeiro|Buenos Aires|Saint Petersburg|Nice|Troy|Hamilton, Ontario|Montgomery|Carson City|Cleveland|Houston Street|Baker Street|Kings Cross|Hyde Park|Times Square|Notre Dame|Stratford upon Avon|the Isle of Skye|the Black Forest|the West Bank of the Nile',
  ),
  scene: w(
    'a quiet harbour|a rose garden|a wheat field|the green mile|a stone bridge|an empty theatre|a market hall|a train station|a steel mill|a hill above the sea|the woods|a church choir|a space station|a red desert|a frozen lake|a chess board|a burger grill|a laundry|a car park|a library|a gas station|a bamboo grove|a coral reef|an attic|a swamp|a white room|a brook in a glen|a banks of fog',
  ),
  thing: w(
    'a rose|a daisy chain|a jasmine bush|an iris|a pearl necklace|a ruby|an amber stone|a penny|a dollar bill|a jack of spades|a mercedes|a Mercedes|a Ford pickup|a Tesla|a Dior bag|a Rolex|a Nike shoe|a Disney poster|a Barbie doll|a Lego tower|a Harley|a Jaguar|a grand piano|a wooden boat|a stone lamp|a copper kettle|an apple|a shell|a cross|a crown|a bell|a lantern|a paper crane|a drum|a hammer|a sandwich|a cup of Earl Grey|a glass of Jack and coke|a Martin guitar|a Bowie knife|a Stetson hat|a Van Dyke beard|a Wellington boot',
  ),
  act: w(
    'walks slowly through|dances in|sleeps in|looks over|runs across|waits in|glides over|sings in|rises above|falls into|will cross|may hide in|hopes to leave|marks the way through|cruises past|rides across|rushes out of|paints|cooks in|turns in|drifts through|leaves|enters|jumps over|guards',
  ),
  look: w(
    'cinematic, 35mm film grain|golden hour|shallow depth of field|slow motion, 120 fps|hand-held camera|drone shot, 4K|time lapse|in the style of an oil painting|watercolour|stop motion|pixel art|film noir, hard light|soft morning light|neon lights, rain|black and white|a long take|macro lens|Wes-coast light, pastel|vintage VHS look|anamorphic, lens flare|studio light, white background|claymation|ukiyo-e woodblock|isometric 3D render|dolly zoom|tilt shift|high key|in grace and calm|with a swift pan|with joy and hope',
  ),
  time: w(
    'at dawn|at dusk|in April|in May|in June|on a summer night|in August|in winter|on Christmas Eve|at noon|before the storm|after the rain|under a full moon|on Sunday|in the year 1900|at the turn of the century',
  ),
  sport: w(
    'a football match in the rain|a tennis serve in slow motion|a boxer training alone|a basketball rolling off the rim|a cricket bat on grass|a marathon seen from above|a gymnast on the beam|a racing car at the start|a surfer in a green tube|a chess final|an Olympic pool without swimmers|a golf ball near the hole',
  ),
  show: w(
    'a concert on a roof|a film premiere without guests|a red carpet in the wind|a rock band of frogs|an award made of ice|a movie set in the desert|a singer on stage seen from the back row|an election poster wall, faces torn off|a president speaking to pigeons|a press conference of penguins|a fashion show of umbrellas|a talk show with puppets|a rapper made of vinyl records|a CEO of ants giving a keynote|a rocket launch at night|a royal wedding of mice',
  ),
};

const templates = w(
  '{creature} {act} {scene}|{person} {act} {scene}, {look}|{person} in {place} {time}, {look}|{place} {time}, {look}|{thing} on {thing}, {look}|{creature} and {creature} in {place}|{named} {act} {scene}|{named} and {creature} {time}|{person} holds {thing} {time}|{thing} turns into {creature}, {look}|a postcard from {place}: {scene} {time}|{sport}, {look}|{show}, {look}|{show} in {place}|{sport} in {place} {time}|close-up of {thing}, {look}|{person} sells {thing} at a market in {place}|{scene} seen from {scene}, {look}|{creature} with {thing}, {look}|map of {place} drawn by {creature}|{person} and {person} meet in {place} {time}|{named} in {place}, {look}|{thing} made in {place}|a train from {place} to {place}|the streets of {place} {time}, {person} {act} {scene}|{person} will {act} {scene} {time}|title card: {place}. then {creature} {act} {scene}|{look}: {thing}, {creature}, {person}|{place} hotel lobby, {person} waits|{place} airport {time}, planes and rain|an ad for {thing}: {person} smiles, {look}',
);

/** Harmless prompts: each seed gives others, in ordinary case, lower case, Title Case or capitals. */
export function harmlessPrompts(count: number, seed: number): string[] {
  const random = chance(seed);
  const prompts = new Set<string>();
  while (prompts.size < count) {
    const text = pick(random, templates).replace(/\{(\w+)\}/g, (_, kind: string) =>
      pick(random, words[kind]!),
    );
    prompts.add(cased(text, random()));
  }
  return [...prompts];
}

/** Prompts written by hand to be hard: places, flowers, brands, words that are names, other languages. */
export function hardPrompts(): string[] {
  return readFileSync(new URL('./harmless/hard.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

/** The same, written when the matcher was done. */
export function heldOutPrompts(): string[] {
  return readFileSync(new URL('./harmless/held-out.txt', import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '');
}

function cased(text: string, chance: number): string {
  if (chance < 0.3) return text.toLowerCase();
  if (chance < 0.36) return text.toUpperCase();
  if (chance < 0.44) return text.replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase());
  return text[0]!.toUpperCase() + text.slice(1);
}
