import { chance, pick } from './chance.ts';

const w = (text: string) => text.split('|');

/** Words that are names too, in the places where they are none. */
const words: Record<string, readonly string[]> = {
  verb: w(
    'will|may|might|can|chases|marks|bills|grants|drew|sues|pats|robs|rakes|hopes to|wills|nods and will|peters out and may|jacks up the car and will',
  ),
  flower: w(
    'rose|lily|daisy|iris|violet|jasmine|heather|holly branch|ivy|olive tree|hazel bush|poppy|rosemary sprig|basil pot|sage leaf|ginger root|clover|fern|myrtle',
  ),
  gem: w(
    'ruby|amber pendant|pearl|jade ring|crystal|opal brooch|coral necklace|penny|dollar|diamond|silver spoon',
  ),
  bird: w(
    'robin|jay|martin|swift|drake|crow|finch|wren|hawk|raven|swan|starling|partridge|crane|seal|fox|wolf|buck|otter|bull|lamb|pike|ray|bass|cod',
  ),
  trade: w(
    'baker|smith|cook|fisher|archer|carter|bishop|pope|king|queen|prince|duke|earl|baron|knight|page|hunter|mason|cooper|tailor|miller|potter|weaver|shepherd|usher|sailor|gardener|butler|chandler|fowler|parker in a uniform|walker with two poles|singer in a choir|drummer|pianist|goalkeeper|senator in a dream|president of a chess club|boxer|astronaut|model railway builder',
  ),
  city: w(
    'Paris|Austin|Lincoln|Madison|Jackson|Houston|Dallas|Denver|Phoenix|Savannah|Florence|Sydney|Victoria|Charlotte|Georgia|Virginia|Carolina|Dakota|Cheyenne|Jordan|India|China|Chad|Kenya|Israel|Jersey|Washington|Cleveland|Lourdes|Lorraine|Catalina|Santiago|San Marino|Alexandria|Constantine|Adelaide|Darwin|Hobart|Nelson|Palmerston|Gary, Indiana|Eugene, Oregon|Salem|Orlando|Chelsea|Kensington|Windsor|Kingston|Lancaster|Chester|Bradford|Melbourne',
  ),
  brand: w(
    'Mercedes|Ford Fiesta|Lincoln town car|Tesla|Ferrari|Porsche|Bentley|Chevrolet|Dodge Ram|Chanel handbag|Dior perfume|Armani suit|Levi jeans|Disney castle|Heinz ketchup|Campbell soup can|Kellogg box|Barbie house|Gucci belt|Prada shoes|Harley Davidson|Jack Daniels bottle|Johnnie Walker label|Ben and Jerry tub|Martini glass|Tom Collins in a tall glass|Shirley Temple with a cherry|Arnold Palmer iced tea|Dr Pepper can|Uncle Ben rice|Granny Smith apple|Bloody Mary|Ralph Lauren shirt|Victorinox knife|Bosch drill|Philips lamp|Siemens tram|Braun clock',
  ),
  month: w('May|June|April|August|a summer night|autumn|January|Easter|Advent'),
  virtue: w(
    'faith|hope|joy|grace|dawn|charity|mercy|constance of light|patience|victory|destiny|harmony|melody|serenity|liberty|justice',
  ),
  place: w(
    'cliff|rock|stone wall|wood|brook|lake|river|glen|dale|heath|forest|hill|moor|ford|church|chapel|castle|mill|marsh|banks of the river|field|lane|bridge|park|garden|beach',
  ),
  pet: w(
    'a dog named Max|a cat called Oscar|a pony called Star|a parrot named Charlie|a horse named Duke|a goldfish called Elvis the second|a turtle named Leo|a hamster called Rocky|a robot named Marvin|a snowman called Frank',
  ),
  child: w(
    'Emma|Noah|little Amber|grandma Ruby|uncle Bill|aunt May|Mark|Grace|Drew|Chase|Faith|Rose|my brother Will|our teacher Ms. Stone|Mr. Banks the grocer|old Mr. Woods|Captain Grant|Father Brown|Sister Mary|Nurse Joy|Queen Elsa|King Lear|Prince Charming|Lady Macbeth|Sir Lancelot|Don Quixote|Frankenstein|Dracula|Alice in Wonderland|Tom Sawyer|Oliver Twist|Mary Poppins|Peter Rabbit|Winnie the Pooh|Snow White',
  ),
  show: w(
    'a concert in a barn|a red carpet without anybody|a stage with one chair|a football in a puddle|an empty stadium|a guitar on a bed|a microphone on a stand|a film set at night|a podium in the rain|a tennis court in autumn|a basketball hoop|an orchestra of frogs|a ballet of umbrellas|a rocket on its pad|a laboratory with blue light|a fashion show for dogs|a campaign bus with flat tyres',
  ),
  look: w(
    '35mm|soft light|macro|drone shot|slow motion|claymation|watercolour|noir|pastel|isometric|long take|handheld|golden hour|8K, sharp|in the style of an old postcard|low poly|charcoal drawing',
  ),
};

const templates = w(
  'the {trade} {verb} cross the {place}, {look}|a {flower} on a {place} in {month}|a {gem} beside a {flower}, {look}|a {bird} singing on a {place}|a {bird} and a {bird} by the {place} in {city}|a {brand} parked in {city}, {look}|a {trade} sings to a {bird}|{city} in {month}, {look}|{show} in {city}|{show}, a {trade} waits, {look}|{pet} chases a {bird}|{child} and {pet} in a {place}|{child} finds a {gem}|{child} reads a book about {city}|with {virtue} and {virtue} the {trade} {verb} sail to {city}|an advert for a {brand}: a {trade} smiles|a {trade} holds a {brand} and a {flower}|the {flower} {verb} bloom in {month}|{virtue} is written on a {place}, {look}|two {bird}s, one {gem}, {look}|title: "{virtue}", then {show}|from {city} to {city} by train, a {trade} sleeps|a {trade} from {city} drew a {flower}|a {flower}, a {gem} and a {brand}, still life|the {trade} of {city} rides a {bird}|pink {flower}s and a {bird} at dawn|mark the {place} with a {gem}|bill for a {brand}, close-up|grant of land near {city}, old map|chase through {city} in a {brand}, {look}|{child} plays guitar for {pet}|a {trade} on stage with a {bird}, {look}|a rose in {city}, an amber sky|a {trade} named {child} in {city}',
);

/** Harmless prompts of other words and other sentences than those of `harmless.ts`, in ordinary case, small letters, Title Case and capitals. */
export function everydayPrompts(count: number, seed: number): string[] {
  const random = chance(seed);
  const prompts = new Set<string>();
  while (prompts.size < count) {
    const text = pick(random, templates).replace(/\{(\w+)\}/g, (_, kind: string) =>
      pick(random, words[kind]!),
    );
    const how = random();
    if (how < 0.25) prompts.add(text.toLowerCase());
    else if (how < 0.3) prompts.add(text.toUpperCase());
    else if (how < 0.4) prompts.add(text.replace(/(?<![\p{L}'’])\p{L}/gu, (letter) => letter.toUpperCase()));
    else prompts.add(text[0]!.toUpperCase() + text.slice(1));
  }
  return [...prompts];
}
