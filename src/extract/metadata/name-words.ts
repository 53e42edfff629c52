import degree from '../data/names/degree.json' with { type: 'json' };
import desk from '../data/names/desk.json' with { type: 'json' };
import genre from '../data/names/genre.json' with { type: 'json' };
import gluedLabel from '../data/names/glued-label.json' with { type: 'json' };
import label from '../data/names/label.json' with { type: 'json' };
import noWriter from '../data/names/no-writer.json' with { type: 'json' };
import role from '../data/names/role.json' with { type: 'json' };

/** The words about names, compiled; the lists stand in `data/names`, by language. */

type List = { readonly phrases: Readonly<Record<string, readonly string[]>> };

const phrases = (list: List): string[] => [...new Set(Object.values(list.phrases).flat())];
/** One of the phrases, the longest first. */
const anyOf = (words: readonly string[]): string =>
  [...words]
    .sort((a, b) => b.length - a.length)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('|');

/**
 * Without the phrases that are others in a row ('central europe'): where phrases may follow one another they say nothing new, and a line
 * that can be read in two ways at each of them takes time that doubles with each.
 */
const withoutRows = (words: readonly string[]): string[] => {
  const isRow = (word: string, among: readonly string[]): boolean =>
    among.some(
      (first) => word === first || (word.startsWith(`${first} `) && isRow(word.slice(first.length + 1), among)),
    );
  return words.filter(
    (word) =>
      !isRow(
        word,
        words.filter((other) => other !== word),
      ),
  );
};

const dense = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]/;
const spaced = (list: List): string[] => phrases(list).filter((word) => !dense.test(word));

/** 'By ', 'Autor: ', 'كتب/ ', 'An analysis by ', 'Interview: ': what introduces a name. */
export const labelBefore = new RegExp(
  `^(?:(?:(?:an?|eine?|une?|un[ao]?|uma?)\\s+)?(?:${anyOf(phrases(genre))})(?:\\s*[:：]\\s*|\\s+(?:by|von|par|por|de|di|door|av|af)\\s+)|(?:${anyOf(spaced(label))})(?:\\s*[:：/=]\\s*|\\s+[-–—]\\s+|\\s+))`,
  'iu',
);

/** 'Foto: ', 'Photos by ', '摄影 ': what introduces the name of somebody who did not write it. */
export const noWriterBefore = new RegExp(
  `^(?:(?:${anyOf(spaced(noWriter))})(?!\\p{L})|(?:${anyOf(phrases(noWriter).filter((word) => dense.test(word)))}))(?:\\s+(?:by|von|de|par|di|por))?\\s*[:：/=|・-]?\\s*`,
  'iu',
);

/** 'Story and photos by ', 'Text und Fotos: ': who made the pictures wrote it too. */
export const labelOfBoth = new RegExp(
  `^(?:${anyOf(spaced(label))})\\s(?:and|und|et|y|e|en|og|och|i|&)\\s(?:${anyOf(spaced(noWriter))})(?:\\s(?:by|von|par|por|di|de|door|av|af)\\s|\\s*[:：]\\s*)`,
  'iu',
);

/** The whole of what stands in brackets behind a name: '(photos)', '(Fotos)', '(摄影)'. */
export const noWriterWhole = new RegExp(`^(?:${anyOf(phrases(noWriter))})$`, 'iu');

const gluedWords = phrases(gluedLabel);
const before = gluedWords.filter((word) => word.endsWith('-')).map((word) => word.slice(0, -1));
/** A label and a colon within a line, or 'photos by': a new part begins there. */
export const labelWithin = new RegExp(
  `(?<=[\\s,;|/])(?=(?:${anyOf([...phrases(label), ...phrases(noWriter), ...before])})\\s*[:：=・]|(?:${anyOf(spaced(noWriter))})\\s+(?:by|von|par|por|di|de|door|av|af)\\s)`,
  'giu',
);
const after = gluedWords.filter((word) => word.startsWith('-')).map((word) => word.slice(1));
/** '记者李明远', '文/李明远', '取材・文 山田太郎'; a lone character such as '文' needs a sign or a space behind it. */
export const gluedBefore = new RegExp(
  `^(?:(?:${anyOf(before.filter((word) => word.length > 1))})[\\s:：/／=＝|｜・]*|(?:${anyOf(before.filter((word) => word.length === 1))})[\\s:：/／=＝|｜・]+)`,
  'u',
);
/** '山田太郎記者', '홍길동 기자'. */
export const gluedAfter = new RegExp(`\\s*(?:${anyOf(after)})$`, 'u');

/** ', Senior Africa Correspondent …' behind a name, with the desk and all that follows. */
export const roleAfter = new RegExp(
  `(?:^|[\\s,–-])(?:(?:${anyOf(withoutRows(phrases(desk)))})(?:\\s*[,&/]\\s*|\\s+(?:and\\s+)?))*(?:${anyOf(phrases(role))})(?!\\p{L}).*$`,
  'iu',
);

/** The dots at their ends may be missing. */
const degrees = anyOf([...new Set(phrases(degree).map((word) => word.replace(/\.$/, '')))]);
/** ' PhD', ', M.D.' at the end of a name. */
export const degreeAfter = new RegExp(`(?:[\\s,]+(?:${degrees})\\.?)+,?$`, 'iu');
/** A part that is a degree and nothing else. */
export const isDegree = (part: string): boolean => degreeAfter.test(` ${part}`) && degreeWhole.test(part);
const degreeWhole = new RegExp(`^(?:${degrees})\\.?(?:[\\s,]+(?:${degrees})\\.?)*$`, 'iu');

/** 'Jan Petersen (Text) und Eva Lindt (Fotos)'. */
const labelInBrackets = new RegExp(`^\\p{Lu}[^()\\d]{3,40}\\s\\((?:${anyOf(phrases(label))})\\)`, 'iu');

/** Does a line say that a name follows or stands in it: 'By …', 'Von …', 'Autor: …', '记者 …', '(기자 …)', '… 기자 name@paper.example'? */
export const isBylineLine = (line: string): boolean => {
  if (line.length >= 90) return false;
  const bare = withoutFrame(line);
  return (
    (labelBefore.test(bare) && startsName(bare)) ||
    labelOfBoth.test(bare) ||
    labelInBrackets.test(bare) ||
    gluedBefore.test(bare) ||
    (bare.length < 30 && gluedAfter.test(bare))
  );
};

/** A line without the brackets around it and the address behind it. */
const withoutFrame = (line: string): string =>
  line
    .replace(/^[^\p{L}([（【〔]+/u, '')
    .replace(/\S{1,64}@[\w-]{1,64}(?:\.[\w-]{1,20})+/g, '')
    .trim()
    .replace(/^[(（【[〔]([^()（）【】[\]〔〕]{1,80})[)）】\]〕]$/u, '$1')
    .trim();

/** Does a capital, or a letter of a script that has none, follow the label? 'By the time' signs nothing. */
const startsName = (line: string): boolean =>
  /^[\p{Lu}\p{Lo}]/u.test(line.replace(labelBefore, '').replace(labelBefore, ''));

/** A word that tells a desk and begins what is left before a role: 'Local Democracy Reporter' is nobody's name. */
export const deskFirst = new RegExp(`^(?:${anyOf(phrases(desk))})(?!\\p{L})`, 'iu');

/** A line that is a label and nothing else: the name stands in the next. */
const labelWhole = new RegExp(`^(?:${anyOf(phrases(label).filter((word) => word.length > 1))})\\s*[:：]?$`, 'iu');
export const isLabelLine = (line: string): boolean => line.length < 30 && labelWhole.test(line.trim());

/** 'Posted on 22 Nov 2026 by Ana Kos': a word for 'by' behind a date. */
export const behindDate = new RegExp(
  `\\d\\s(?:\\p{Lu}{2,4}\\s)?(?:${anyOf(spaced(label).filter((word) => word.length <= 3))})\\s+(?=\\p{Lu})`,
  'iu',
);
