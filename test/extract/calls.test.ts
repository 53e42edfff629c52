import { describe, expect, it } from 'vitest';
import { extractArticle } from '../../src/extract/extract.ts';

const paragraphs: Readonly<Record<string, readonly string[]>> = {
  de: [
    'Der Gemeinderat von Wolden hat am Dienstagabend nach dreistündiger Debatte beschlossen, die Fähre den ganzen Winter über fahren zu lassen.',
    'Das Boot verbindet seit 1931 den Fischmarkt mit dem Nordkai und bringt Schulkinder, Krankenschwestern und viele Kisten Gemüse hinüber.',
    'Der Kämmerer bezifferte den Verlust auf 310.000 Kronen im Jahr und warnte, der Rumpf brauche bald neue Platten aus Stahl.',
  ],
  en: [
    'The council of Volden decided on Tuesday evening, after three hours of debate, to keep the ferry running all winter for its readers of tides.',
    'The boat has linked the fish market with the north quay since 1931 and carries pupils, nurses and, on market days, crates of vegetables.',
    'The treasurer put the loss at 310,000 crowns a year and warned that the hull would need new plates before the next winter comes.',
  ],
  es: [
    'El pleno de Volden decidió el martes por la noche, tras tres horas de debate, mantener el transbordador durante todo el invierno.',
    'El barco une desde 1931 el mercado de pescado con el muelle norte y lleva a escolares, enfermeras y cajas de verdura.',
    'El tesorero calculó la pérdida en 310.000 coronas al año y advirtió de que el casco necesitará pronto nuevas planchas.',
  ],
  el: [
    'Το δημοτικό συμβούλιο αποφάσισε την Τρίτη το βράδυ, ύστερα από τρεις ώρες συζήτησης, να συνεχίσει το πορθμείο όλο τον χειμώνα.',
    'Το σκάφος συνδέει από το 1931 την ψαραγορά με τη βόρεια προβλήτα και μεταφέρει μαθητές, νοσηλεύτριες και πολλά καφάσια.',
    'Ο ταμίας υπολόγισε την ετήσια ζημία σε 310.000 κορώνες και προειδοποίησε ότι το κύτος θα χρειαστεί νέα ελάσματα.',
  ],
  ru: [
    'Городской совет Вольдена во вторник вечером после трёхчасовых споров решил, что паром будет ходить всю зиму.',
    'Судно с 1931 года связывает рыбный рынок с северной набережной и возит школьников, медсестёр и ящики с овощами.',
    'Казначей оценил убытки в 310 тысяч крон в год и предупредил, что корпусу скоро понадобятся новые листы.',
  ],
  hi: [
    'वोल्डेन की नगर परिषद ने मंगलवार शाम तीन घंटे की बहस के बाद फैसला किया कि नाव पूरी सर्दी चलती रहेगी।',
    'यह नाव 1931 से मछली बाज़ार को उत्तरी घाट से जोड़ती है और छात्रों, नर्सों तथा सब्ज़ियों की पेटियां ले जाती है।',
    'कोषाध्यक्ष ने घाटा सालाना 310 हज़ार क्रोन बताया और चेतावनी दी कि ढांचे को जल्द नई चादरों की ज़रूरत होगी।',
  ],
  th: [
    'สภาเมืองโวลเดนมีมติเมื่อค่ำวันอังคารหลังอภิปรายสามชั่วโมงให้เรือข้ามฟากวิ่งตลอดฤดูหนาวตามคำเรียกร้องของชาวบ้าน',
    'เรือลำนี้เชื่อมตลาดปลากับท่าเรือเหนือมาตั้งแต่ปี 2474 และรับส่งนักเรียน พยาบาล รวมถึงลังผักจำนวนมากในวันตลาดนัด',
    'เหรัญญิกประเมินว่าขาดทุนปีละ 310,000 โครน และเตือนว่าตัวเรือจะต้องเปลี่ยนแผ่นเหล็กใหม่ในไม่ช้า',
  ],
  zh: [
    '沃尔登市议会周二晚上经过三个小时的辩论后决定，渡轮整个冬天都将继续开行。',
    '这艘船自1931年起连接鱼市和北码头，运送学生和护士，赶集的日子还运送许多箱蔬菜。',
    '司库估计每年亏损三十一万克朗，并警告说船体很快需要更换新的钢板。',
  ],
};

/** The text of a page without classes that has the line as its third paragraph. */
function textWith(lang: string, line: string): string {
  const [first = '', second = '', last = ''] = paragraphs[lang] ?? [];
  const body = [first, second, line, last].map((text) => `<p>${text}</p>`).join('');
  const html = `<html lang="${lang}"><title>Volden 1931</title><body><h1>Volden 1931</h1>${body}</body></html>`;
  return extractArticle({ url: 'https://courier.example/ferry', html }).article.text;
}

describe('a call on the reader among the paragraphs', () => {
  it.each([
    ['de', 'Noch schneller informiert: mit unserer App auf dem Handy'],
    ['de', 'Was meinen Sie dazu? Schreiben Sie uns in den Kommentaren'],
    ['de', 'Gefällt Ihnen der Beitrag? Teilen Sie ihn mit Freunden auf Facebook'],
    ['de', 'Sie haben drei von fünf kostenlosen Artikeln gelesen. Jetzt abonnieren und weiterlesen.'],
    ['en', 'Get more from the Courier with our app on your phone'],
    ['en', 'Have you taken the ferry? Tell us in the comments below'],
    ['es', 'Las noticias más importantes, cada mañana en tu correo. Apúntate aquí a la newsletter'],
    ['es', 'Para seguir leyendo, hazte suscriptor por 1 euro al mes'],
    ['el', 'Σας άρεσε το άρθρο; Μοιραστείτε το στο Facebook'],
    ['ru', 'Новости всегда под рукой в нашем приложении'],
    ['ru', 'Главные новости каждое утро у вас на почте. Подпишитесь на рассылку'],
    ['hi', 'हमारे व्हाट्सऐप चैनल से जुड़ें'],
    ['hi', 'आप इस बारे में क्या सोचते हैं? कमेंट में बताएं'],
    ['th', 'สมัครรับจดหมายข่าวฟรีของเราเพื่อไม่พลาดทุกข่าวสำคัญ'],
    ['zh', '扫描二维码关注我们的微信公众号'],
    ['zh', '您怎么看？欢迎在评论区留言'],
  ])('is no text, in %s: %s', (lang, line) => {
    expect(textWith(lang, line)).toBe(paragraphs[lang]?.join('\n'));
  });

  it.each([
    ['de', 'Der Fährverein will im Frühjahr eine App vorstellen, mit der Fahrkarten gekauft werden können.'],
    ['de', 'Auf Facebook schrieben viele, sie hätten die Fähre seit Jahren nicht mehr benutzt.'],
    ['en', 'Passengers may buy their tickets in an app or from the skipper, who takes coins as well.'],
    ['en', 'On Instagram the mayor thanked those who had written to her about the ferry.'],
    ['en', 'You can bring your bicycle on board if you ask the skipper before you pay.'],
    ['en', '“Subscribe to our channel and follow us on the water,” the skipper told the crowd with a laugh.'],
    ['es', 'El capitán publicó en Facebook una foto del casco y pidió paciencia a los vecinos del muelle.'],
    ['ru', 'В приложении порта пассажиры видят, когда отходит следующий рейс и сколько мест осталось.'],
  ])('is not every line that names an app, a network or its reader, in %s: %s', (lang, line) => {
    expect(textWith(lang, line)).toContain(line);
  });
});

it('leaves the last paragraph of a language that builds long words, in boxes without names', () => {
  const text = [
    'Voldenin valtuusto päätti tiistai-iltana kolmen tunnin keskustelun jälkeen, että lautta kulkee koko talven.',
    'Alus on yhdistänyt kalatorin pohjoiseen laituriin vuodesta 1931, ja se kuljettaa koululaisia, hoitajia ja vihanneslaatikoita.',
    'Hylätyn ehdotuksen mukaan vuorot olisivat loppuneet marraskuusta maaliskuuhun ja matkustajat olisivat joutuneet bussiin.',
    'Rahastonhoitaja arvioi tappion 310 000 kruunuksi vuodessa ja varoitti, että runko tarvitsee pian uusia levyjä.',
  ];
  const call = 'Tilaa maksuton uutiskirjeemme, niin et jää mistään paitsi';
  const body = text
    .toSpliced(2, 0, call)
    .map((line) => `<div>${line}</div>`)
    .join('');
  const html = `<html lang="fi"><title>Voldenin lautta</title><body><h1>Voldenin lautta</h1>${body}</body></html>`;
  expect(extractArticle({ url: 'https://courier.example/lautta', html }).article.text).toBe(text.join('\n'));
});
