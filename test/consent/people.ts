import type { PersonNames } from '../../engine/consent/matcher/port.ts';

/** People who do not exist; the matcher was tuned on them. */
export const tuned = people(`
Jane Roe|potter, Riverbank Prize
Marcus Delgado|actor, Harbour of Ashes
Adaeze Okonkwo|singer, Lagos Nights
William Thackery|senator, Vermont
Elizabeth Marlowe|author, The Salt Road
Robert Castellano|footballer, Torino
Katherine Lindqvist|chess, Malmö Open
Tomasz Wieczorek|director, Grey Winter
Hiroko Tanabe|violinist, Suntory Hall
Anneliese Brandt|chancellor, Hessen
Rafael Montoya|tennis, Madrid Open
Priyanka Venkatesan|actress, Monsoon Letters
Michael Stonebridge|rapper, Block Nine
Sergei Antonov|pianist, Moscow Conservatory
Yasmin El-Masry|journalist, Cairo Tonight
Joanna Whitcombe|chef, Copper Pot
Chukwuemeka Adeyemi|boxer, heavyweight
Bjarne Halvorsen|entrepreneur, Fjordkraft
Daniela Ferreira|model, Lisbon Fashion Week
Theodore Abernathy|astronaut, Artemis
Nicolette Duvall|comedian, Half Past Nine
Oluwaseun Bakare|sprinter, Olympics
Ingrid Thorvaldsen|skier, Holmenkollen
Alexander Pemberton|king, Ruritania
Charlotte Ashdown|princess, Ruritania
Patrick O'Halloran|poet, Galway
Dmitri Volkonsky|dancer, Bolshoi
Camille Beaumont|designer, Maison Beaumont Paris
Samuel Greenwater|governor, Oregon
Leilani Kahale|surfer, Pipeline
Benjamin Hartzell|physicist, Tevatron
Margaret Fitzgibbon|judge, Old Bailey
Vikram Chaudhuri|cricketer, Eden Gardens
Esperanza Quintero|dancer, Bogotá
Frederick Bauer|racing driver, Nürburgring
Zanele Mthembu|activist, Soweto
Lucas van der Meer|cyclist, Amstel Gold
Gwendolyn Pryce|soprano, Covent Garden
Anthony Bellweather|host, Night Desk
Rebecca Stein|lawyer, Court Street
Gregory Malakhov|hockey, Red Comets
Francesca Rinaldi|actress, Notte Bianca
Edward Kingsley|actor, The Last Harvest
Mohammed Al-Rashid|architect, Doha Tower
Natalia Kovalenko|gymnast, Kyiv
Christopher Blackwood|musician, Velvet Road
Susanna Eriksson|singer, Melodifestivalen
Jonathan Faircloth|streamer, Dungeon Friday
Stephanie Louhan|youtuber, Garage Lab
Kwabena Osei|minister, Accra
`);

/** People who do not exist either; nothing was tuned on them. */
export const heldOut = people(`
Philippa Harcastle|sculptor, Tin Angels
Leopold Wassermann|conductor, Gewandhaus
Beatrix Oyelaran|swimmer, Commonwealth Games
Augustin Delacroix-Petit|chef, Le Petit Four
Ronald Tuckwell|mayor, Port Haverby
Valentina Cordova|actress, Sombras
Jeremiah Colquhoun|banjo, Appalachian Fair
Sandhya Raghunathan|economist, Bengaluru Forum
Matthew Elsworth|quarterback, River Hawks
Ludmila Petrenko|ballerina, Mariinsky
Kenneth Obuya|marathon, Eldoret
Aurelia Santangelo|opera singer, La Scala
Timothy Brackenridge|actor, Iron Orchard
Svetlana Morozova|skater, Ice Palace
Donovan Achterberg|rapper, Southgate
Mirabelle Fontaine|model, Vogue
Gustavo Almeida|footballer, Santos
Henrietta Osgood|novelist, The Clay House
Pranav Deshmukh|cricketer, Wankhede
Rosalind Carmichael|minister, Holyrood
Callum MacIntyre|singer, Skye Folk
Noriko Hasegawa|astronomer, Mauna Kea
Desmond Quaye|boxer, Bukom
Veronica Salcedo|journalist, El Faro
Nathaniel Birdsong|golfer, Pinehurst
Thomasina Grey|actress, Winter Street
Abdulrahman Siddiqui|entrepreneur, Gulf Solar
Wilhelmina Kessler|photographer, Bauhaus Archive
Zachary Holloway|comedian, Basement Hour
Ekaterina Belova|tennis, Kremlin Cup
Raymond Kettering|senator, Ohio
Josephine Lacroix|cellist, Quebec
Terrence Whitlock|basketball, Harbor Kings
Giulietta Moretti|designer, Milan
Ibrahim Toure|president, Bamako
Penelope Radcliffe-Hume|duchess, Northmoor
Oskar Lindgren|director, Polar Light
Shanelle Weatherby|hurdler, Olympics
Cornelius Vandermolen|tycoon, Antwerp Diamonds
Angelique Rousseau|soprano, Opéra Bastille
`);

function people(lines: string): PersonNames[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [name, context] = line.split('|') as [string, string];
      return { id: name, names: [name], kind: 'public figure', context: context.split(', ') };
    });
}
