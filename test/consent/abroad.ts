import type { PersonNames } from '../../engine/consent/matcher/port.ts';

/** Widely known people of many countries. Thirteen of them come with the program too, whose entries are left out where these are measured; nothing was tuned on
 * any before they were measured first. */
export const abroad: readonly PersonNames[] = `
Zuzana Čaputová|president, Slovakia
Gitanas Nausėda|president, Lithuania
Maia Sandu|president, Moldova
Katrín Jakobsdóttir|prime minister, Iceland
Mia Mottley|prime minister, Barbados
Anwar Ibrahim|prime minister, Malaysia
Joko Widodo|president, Indonesia
Ellen Johnson Sirleaf|president, Liberia
Gabriel Boric|president, Chile
Nayib Bukele|president, El Salvador
Wangari Maathai|activist, Green Belt Movement
Chimamanda Ngozi Adichie|author, Half of a Yellow Sun
Ngũgĩ wa Thiong'o|author, Weep Not Child
Orhan Pamuk|author, The Museum of Innocence
Olga Tokarczuk|author, Flights
Wisława Szymborska|poet, Nobel
Annie Ernaux|author, The Years
László Krasznahorkai|author, Satantango
Sezen Aksu|singer, Izmir
Angélique Kidjo|singer, Benin
Youssou N'Dour|singer, Dakar
Shreya Ghoshal|singer, Bollywood
Asha Bhosle|singer, Bollywood
Golshifteh Farahani|actress, About Elly
Asghar Farhadi|director, A Separation
Apichatpong Weerasethakul|director, Uncle Boonmee
Céline Sciamma|director, Girlhood
Lav Diaz|director, Melancholia
Mads Mikkelsen|actor, Hannibal
Noomi Rapace|actress, Lamb
Song Kang-ho|actor, Parasite
Sandra Hüller|actress, Toni Erdmann
Wagner Moura|actor, Narcos
Ksenia Sobchak|journalist, Dozhd
Giannis Antetokounmpo|basketball, Milwaukee Bucks
Nikola Jokić|basketball, Denver Nuggets
Eliud Kipchoge|marathon, Eldoret
Faith Kipyegon|runner, Olympics
Sadio Mané|footballer, Bambali
Asisat Oshoala|footballer, Barcelona
Iga Świątek|tennis, Roland Garros
Ons Jabeur|tennis, Tunisia
Magnus Carlsen|chess, Wijk aan Zee
Khaby Lame|influencer, TikTok
Mustafa al-Faruqi|architect, Souk Waqif
Ibrahim ibn Khalid al-Sabah|prince, Kuwait
Rem Koolhaas|architect, Seattle Library
Tu Youyou|scientist, artemisinin
`
  .trim()
  .split('\n')
  .map((line) => {
    const [name, context] = line.split('|') as [string, string];
    return { id: name, names: [name], kind: 'public figure', context: context.split(', ') };
  });
