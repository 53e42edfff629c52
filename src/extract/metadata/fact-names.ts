const authorNames = /by-?line|author|autor(?!i[sz])|auteur|writer|redakteur|verfasser|journalist|contributor|creator/i;
const notAuthor =
  /bio|avatar|image|img|social|box|follow|desc|comment|related|more|posts|role|job|title$|date|time|bild|photo|foto|caption|credit|pictur/i;
const dateNames =
  /date|time|publish|posted|updated|fecha|datum|pubdate|meta|modified|created|issued|erschienen|veroeffentlicht/i;

/** What names in the markup may speak of, as bits. */
export const Fact = { author: 1, date: 2 } as const;

export const factsNamed = (names: string): number =>
  (authorNames.test(names) && !notAuthor.test(names) ? Fact.author : 0) | (dateNames.test(names) ? Fact.date : 0);
