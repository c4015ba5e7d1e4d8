//! Words that stand beside names and are none: what people do, what they belong to, where they stand.

/// What the author of an article is called, one language a line. Folded words of these are looked for in whole.
///
/// Written down from the bylines of newspapers; feminine and plural forms stand beside the others.
pub const POSTS: &[(&str, &str)] = &[
    (
        "en",
        "reporter reporters correspondent correspondents editor editors journalist journalists columnist columnists writer writers contributor contributors author authors producer producers blogger bureau analyst critic reviewer commentator photographer photojournalist publisher intern fellow trainee staffer newsroom anchor presenter strategist director manager officer professor lecturer researcher economist expert specialist chief freelancer desk staff team crew",
    ),
    (
        "de",
        "redakteur redakteurin redakteure redaktion redaktorin redaktor korrespondent korrespondentin korrespondenten reporter reporterin autor autorin autoren journalist journalistin volontar volontarin chefredakteur chefredakteurin chefreporter chefreporterin ressortleiter ressortleiterin mitarbeiter mitarbeiterin kolumnist kolumnistin leiter leiterin praktikant praktikantin gastautor gastautorin redaktionsleiter chefkorrespondent chefkorrespondentin wirtschaftsredakteur wirtschaftsredakteurin sportredakteur sportredakteurin politikredakteur politikredakteurin lokalredakteur lokalredakteurin nachrichtenredakteur nachrichtenredakteurin parlamentskorrespondent auslandskorrespondent stellvertretender stellvertretende ressort newsdesk produzent produzentin herausgeber herausgeberin",
    ),
    (
        "fr",
        "journaliste journalistes correspondant correspondante correspondants redacteur redactrice redaction reporter envoye envoyee speciale special chroniqueur chroniqueuse editorialiste auteur autrice chef cheffe adjoint adjointe directeur directrice pigiste stagiaire alternant alternante critique photographe secretaire responsable grand-reporter",
    ),
    (
        "es",
        "periodista periodistas redactor redactora redaccion reportero reportera corresponsal corresponsales enviado enviada especial columnista colaborador colaboradora editor editora autor autora director directora jefe jefa subeditor subdirector subdirectora becario becaria analista coordinador coordinadora presentador presentadora fotografo cronista",
    ),
    (
        "pt",
        "jornalista jornalistas reporter redator redatora redacao redaccao correspondente enviado enviada especial colunista colaborador colaboradora editor editora autor autora diretor diretora estagiario estagiaria articulista comentarista subeditor chefe equipe fotografo",
    ),
    (
        "it",
        "giornalista redattore redattrice redazione corrispondente inviato inviata inviati collaboratore collaboratrice direttore direttrice caporedattore autore autrice editorialista cronista vicedirettore responsabile firma nostro nostra nostri",
    ),
    (
        "nl",
        "verslaggever verslaggeefster redacteur redactie correspondent journalist journaliste columnist auteur chef hoofdredacteur eindredacteur medewerker redactrice freelancer politiek-redacteur",
    ),
    (
        "da",
        "journalist journalister redaktor redaktion korrespondent reporter skribent debattor forfatter kommentator udlandsredaktor klummeskribent praktikant journalistpraktikant debatredaktor nyhedsredaktor erhvervsjournalist",
    ),
    (
        "nb",
        "journalist journalister redaktor redaksjon korrespondent reporter kommentator skribent forfatter frilanser videojournalist fotojournalist utenriksjournalist sportsjournalist nyhetsredaktor sportsredaktor",
    ),
    (
        "sv",
        "reporter redaktor redaktion journalist korrespondent skribent kronikor ledarskribent chefredaktor kommentator frilans frilansjournalist redaktionschef politikreporter sportreporter ekonomireporter nyhetschef fotograf kulturredaktor utrikesreporter programledare",
    ),
    (
        "fi",
        "toimittaja toimittajat toimitus kirjeenvaihtaja paatoimittaja kolumnisti avustaja erikoistoimittaja uutispaallikko toimituspaallikko politiikan",
    ),
    ("is", "bladamadur bladakona ritstjori frettamadur frettakona ritstjorn"),
    ("et", "ajakirjanik reporter toimetaja toimetus korrespondent peatoimetaja kolumnist"),
    ("lv", "zurnalists zurnaliste redaktors redaktore redakcija korespondents korespondente komentetajs"),
    ("lt", "zurnalistas zurnaliste redaktorius redaktore redakcija korespondentas korespondente apzvalgininkas"),
    (
        "pl",
        "dziennikarz dziennikarka redaktor redaktorka redakcja korespondent korespondentka reporter reporterka autor autorka publicysta publicystka komentator naczelny",
    ),
    (
        "cs",
        "redaktor redaktorka redakce reporter reporterka novinar novinarka zpravodaj zpravodajka komentator komentatorka autor autorka editor editorka sefredaktor dopisovatel",
    ),
    (
        "sk",
        "redaktor redaktorka redakcia reporter reporterka novinar novinarka spravodajca komentator komentatorka autor autorka editor",
    ),
    ("sl", "novinar novinarka urednik urednica urednistvo dopisnik dopisnica komentator avtor avtorica"),
    (
        "hr",
        "novinar novinarka urednik urednica redakcija dopisnik dopisnica reporter reporterka kolumnist kolumnistica autor autorica izvjestitelj",
    ),
    ("hu", "ujsagiro szerkeszto foszerkeszto tudosito munkatars rovatvezeto riporter szerzo szerkesztoseg"),
    ("ro", "jurnalist jurnalista redactor redactia reporter corespondent corespondenta editor editorialist sef"),
    ("sq", "gazetar gazetare gazetarja redaktor korrespondent redaksia"),
    (
        "tr",
        "muhabir muhabiri editor editoru yazar yazari gazeteci temsilcisi temsilci haberci sefi servisi haber merkezi muduru kose",
    ),
    ("az", "muxbir redaktor jurnalist"),
    ("id", "wartawan wartawati jurnalis reporter penulis editor redaksi redaktur koresponden pewarta kontributor tim"),
    ("ms", "wartawan penulis editor pengarang pemberita"),
    ("vi", "phong-vien bien-tap cong-tac-vien nha-bao"),
    ("tl", "mamamahayag kolumnista patnugot"),
    ("sw", "mwandishi mhariri mwanahabari ripota"),
    ("af", "joernalis verslaggewer redakteur korrespondent"),
    ("eu", "kazetaria erredakzioa kazetari"),
    ("ca", "periodista redaccio redactor redactora corresponsal cap enviat enviada"),
    ("ga", "iriseoir eagarthoir"),
    ("cy", "gohebydd newyddiadurwr golygydd"),
    (
        "ru",
        "корреспондент журналист журналистка редактор редакция обозреватель обозревательница репортер репортерка автор колумнист собкор спецкор фотокорреспондент политолог эксперт ведущий ведущая шеф-редактор главный собственный специальный",
    ),
    (
        "uk",
        "кореспондент кореспондентка журналіст журналістка редактор редакторка редакція оглядач оглядачка репортер репортерка автор авторка колумніст головний спецкор",
    ),
    ("be", "карэспандэнт журналіст журналістка рэдактар рэдакцыя аўтар"),
    ("bg", "журналист журналистка редактор редакция кореспондент репортер репортерка автор водещ коментатор"),
    ("sr", "новинар новинарка уредник уредница редакција дописник репортер аутор"),
    ("mk", "новинар новинарка уредник редакција дописник автор"),
    (
        "el",
        "δημοσιογραφος συντακτης συντακτρια συντακτικη ανταποκριτης ανταποκριτρια αρθρογραφος αρχισυντακτης ρεπορτερ επιμελεια",
    ),
    ("he", "כתב כתבת עורך עורכת כתבנו כתבתנו פרשן פרשנית עיתונאי עיתונאית מערכת"),
    (
        "ar",
        "مراسل مراسلة محرر محررة صحفي صحفية صحافي صحافية كاتب كاتبة رئيس مدير الكاتب الكاتبة باحث باحثة تحرير التحرير مراسلنا",
    ),
    ("fa", "خبرنگار خبرنگاران روزنامه‌نگار نویسنده دبیر سردبیر گزارشگر تحریریه"),
    ("ur", "نمائندہ نامہ نگار رپورٹر صحافی ایڈیٹر ویب ڈیسک سٹاف"),
    ("hi", "संवाददाता रिपोर्टर पत्रकार संपादक ब्यूरो डेस्क लेखक टीम डेस्क न्यूज न्यूज़ प्रतिनिधि"),
    ("bn", "প্রতিবেদক প্রতিনিধি সংবাদদাতা সাংবাদিক সম্পাদক ডেস্ক রিপোর্টার করেসপন্ডেন্ট নিজস্ব স্টাফ"),
    ("hy", "լրագրող խմբագիր թղթակից"),
    ("ka", "ჟურნალისტი რედაქტორი კორესპონდენტი"),
    ("kk", "тілші журналист редактор"),
];

/// What stands between a name and a post: `Senior Political Correspondent`.
pub const RANKS: &str = "
senior junior chief deputy assistant associate managing executive contributing political politics foreign sports sport business economics economic financial finance health science technology tech
environment environmental education crime legal court courts home defence defense security diplomatic religion religious arts culture cultural entertainment fashion food travel features news digital online social
investigative investigations data national international local regional general special breaking consumer money city transport energy climate media showbiz royal white house washington westminster europe european africa asia
leitender leitende leitung freier freie freien politischer politische landespolitischer landespolitische wirtschaftspolitischer wirtschaftspolitische stellv stv sport wirtschaft politik kultur lokales
journaliste grand grande grands politique economique sportif sportive culturelle international internationale adjointe
periodista judicial politico politica deportivo deportiva cultural economico economica senior
politisk politiska okonomisk ekonomisk
старший главный политический спортивный
";

/// Words that name a paper, an agency, an office or a part of a page: whatever holds one in whole is no person.
pub const NOT_PEOPLE: &str = "
news newspaper press media post times herald tribune gazette journal daily weekly magazine mail express telegraph guardian observer chronicle courier sentinel star sun globe mirror standard independent today online digital network channel
tv radio broadcasting studios agency agencies wire service services department ministry university institute college school hospital foundation association federation union council committee company corporation group inc ltd llc gmbh plc
staff team desk bureau office editorial board reporters editors submissions submission contributors partners
politics business economy sports sport opinion culture entertainment technology science health travel lifestyle weather world national local international regional video videos photo photos gallery podcast podcasts live latest breaking top
stories story headlines popular trending related more read share save print email comments comment subscribe subscription newsletter newsletters sign log login register account home menu search contact about privacy terms cookies
advertisement advertising sponsored promoted jobs classifieds archive archives tags topics category categories section sections edition editions download app apps follow join donate support shop store buy sale deals best review reviews guide
street avenue road square park river lake island islands city county state states united kingdom republic north south east west northern southern eastern western central new york los angeles san francisco santa saint st
prime minister president parliament congress senate house court police army government election elections league cup world championship olympics games festival university football club real madrid manchester liverpool bayern
summer winter spring autumn christmas easter holiday january february march april may june july august september october november december monday tuesday wednesday thursday friday saturday sunday
nachrichten zeitung presse agentur agenturen redaktion verlag politik wirtschaft sport kultur wissen panorama ausland inland meinung startseite artikel kommentare kommentar teilen drucken merken abo abonnieren newsletter anmelden bild bilder foto fotos quelle stand uhr minuten lesezeit anzeige werbung verein kirche landkreis bundesliga bundestag
actualites actualite presse agence redaction journal politique economie societe culture sports monde accueil partager imprimer commentaires commenter abonnez abonnement publicite photo photos credit source lecture minutes rubrique dossier
noticias periodico prensa agencia redaccion politica economia sociedad cultura deportes mundo inicio compartir imprimir comentarios suscribete publicidad foto fotos fuente lectura minutos seccion nacional internacional
jornal noticias imprensa agencia redacao politica economia sociedade cultura esportes desporto mundo inicio compartilhar imprimir comentarios assine publicidade foto fotos fonte leitura minutos caderno
notizie giornale stampa agenzia redazione politica economia societa cultura sport mondo home condividi stampa commenti abbonati pubblicita foto fonte lettura minuti cronaca
nieuws krant redactie politiek economie cultuur sport buitenland binnenland delen reacties advertentie foto bron leestijd
nyheter nyheder avis avisen redaktion politik okonomi kultur sport udland indland del kommentarer annonce foto kilde ledare debatt
uutiset lehti toimitus politiikka talous kulttuuri urheilu ulkomaat kotimaa jaa kommentit mainos kuva lahde
wiadomosci gazeta redakcja polityka gospodarka kultura sport swiat kraj udostepnij komentarze reklama zdjecie zrodlo zpravy noviny politika ekonomika sdilet diskuse reklama
vijesti vesti novine redakcija politika gospodarstvo kultura sport svijet podijeli komentari oglas izvor
haber haberler gazete gundem siyaset ekonomi kultur spor dunya paylas yorum yorumlar reklam kaynak son dakika
berita koran redaksi politik ekonomi budaya olahraga dunia bagikan komentar iklan foto sumber home nasional internasional
hirek ujsag belfold kulfold gazdasag kultura megosztas hozzaszolasok hirdetes forras stiri ziar politica economie distribuie comentarii publicitate sursa
новости газета редакция агентство политика экономика общество культура спорт мир россия украина москва киев главная поделиться комментарии реклама фото видео источник подписаться читать
новини газета редакція агенція політика економіка суспільство культура спорт світ україна поділитися коментарі реклама джерело вести вијести
ειδησεις εφημεριδα πολιτικη οικονομια κοινωνια πολιτισμος αθλητικα κοσμος ελλαδα κοινοποιηση σχολια διαφημιση πηγη
أخبار اخبار صحيفة جريدة وكالة سياسة السياسة اقتصاد الاقتصاد مجتمع ثقافة رياضة الرياضة العالم عالم الرئيسية مشاركة شارك تعليق تعليقات إعلان اعلان صور فيديو مصدر المصدر منوعات عاجل حوادث محافظات تقارير مقالات مصرية عربية دولية فن تحقيقات
اخبار روزنامه خبرگزاری سیاست اقتصاد جامعه فرهنگ ورزش جهان خانه نظرات تبلیغات عکس منبع سیاسی اقتصادی اجتماعی فرهنگی ورزشی خبریں پاکستان دنیا کھیل
समाचार न्यूज़ न्यूज राजनीति देश दुनिया खेल मनोरंजन व्यापार होम शेयर विज्ञापन फोटो वीडियो राज्य शहर
";

/// Words that say a person was somewhere, or what a byline goes on with; what follows is no name.
pub const AFTER_NAMES: &str = "
in at for from with special of to is was has who reports reporting writes aus in fur für bei mit berichtet zur zum aus dem der die das
à a en au aux pour avec depuis chez de en desde para con em para com da do de in a da dal dalla per con van voor bij uit met for fra hos med til i från för med till
w z dla we v z pro ze na u za sa od dari di untuk untuk kepada dengan pada в из для с на у з для із от за со през
";

/// Words that join the names of several authors.
pub const AND: &[&str] = &[
    "and",
    "und",
    "et",
    "y",
    "e",
    "en",
    "og",
    "och",
    "dan",
    "và",
    "ve",
    "i",
    "a",
    "и",
    "та",
    "й",
    "і",
    "&",
    "si",
    "și",
    "ja",
    "ir",
    "un",
    "in",
    "és",
    "es",
    "και",
    "na",
    "at",
    "eta",
    "with",
    "dhe",
    "kaj",
    "oraz",
    "и",
    "және",
    "და",
    "և",
    "ו",
    "و",
    "और",
    "এবং",
    "und",
    "plus",
    "agus",
    "ac",
    "da",
    "le",
    "va",
];

/// Small words that stand within names.
pub const PARTICLES: &[&str] = &[
    "de",
    "da",
    "do",
    "dos",
    "das",
    "di",
    "del",
    "della",
    "dello",
    "degli",
    "la",
    "le",
    "lo",
    "las",
    "los",
    "du",
    "des",
    "van",
    "von",
    "vom",
    "der",
    "den",
    "ten",
    "ter",
    "te",
    "het",
    "zu",
    "zum",
    "zur",
    "bin",
    "binti",
    "binte",
    "bint",
    "ibn",
    "al",
    "el",
    "af",
    "av",
    "y",
    "e",
    "i",
    "of",
    "ap",
    "ben",
    "bat",
    "st",
    "st.",
    "'t",
    "op",
    "ul",
    "ur",
    "abu",
    "abd",
    "dela",
    "delos",
    "san",
    "mac",
    "mc",
    "na",
    "à",
    "d'",
    "d’",
    "dal",
    "dalla",
    "von und zu",
];

/// What stands before a name and is no part of it.
pub const TITLES: &[&str] = &[
    "mr",
    "mrs",
    "ms",
    "miss",
    "dr",
    "prof",
    "professor",
    "sir",
    "dame",
    "rev",
    "sr",
    "sra",
    "srta",
    "don",
    "dona",
    "dott",
    "dott.ssa",
    "ing",
    "mag",
    "med",
    "phil",
    "jur",
    "dipl.-ing",
    "dipl",
    "herr",
    "frau",
    "m",
    "mme",
    "mlle",
    "pan",
    "pani",
    "drs",
    "h",
    "hj",
    "ustaz",
    "datuk",
    "tan",
    "prof.dr",
    "mgr",
    "bc",
    "judr",
    "mudr",
    "phdr",
    "doc",
    "smt",
    "shri",
    "sri",
    "dra",
    "lic",
    "eng",
    "engr",
    "atty",
    "capt",
    "col",
    "gen",
    "lt",
    "maj",
    "sgt",
    "fr",
];

/// Months and days of the week, folded, with their usual abbreviations: a name ends before them.
#[rustfmt::skip]
pub const CALENDAR: &[&str] = &[
    "january", "february", "march", "june", "july", "september", "october", "november", "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "today", "yesterday",
    "januar", "februar", "marz", "mai", "juni", "juli", "oktober", "dezember", "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag", "heute", "gestern", "janvier", "fevrier", "mars", "avril", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre", "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche",
    "enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "setiembre", "octubre", "noviembre", "diciembre", "lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo", "janeiro", "fevereiro", "marco", "maio", "junho", "julho", "setembro", "outubro", "novembro", "dezembro", "segunda", "terca", "quarta", "quinta", "sexta",
    "gennaio", "febbraio", "aprile", "maggio", "giugno", "luglio", "settembre", "ottobre", "dicembre", "lunedi", "martedi", "mercoledi", "giovedi", "venerdi", "domenica", "januari", "februari", "maart", "mei", "augustus", "maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag",
    "januari", "agustus", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu", "mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lordag", "sondag", "ocak", "subat", "nisan", "mayis", "haziran", "temmuz", "agustos", "eylul", "ekim", "kasim", "aralik", "pazartesi", "sali", "carsamba", "persembe", "cuma", "cumartesi", "pazar",
    "января", "февраля", "марта", "апреля", "мая", "июня", "июля", "августа", "сентября", "октября", "ноября", "декабря", "понедельник", "вторник", "среда", "четверг", "пятница", "суббота", "воскресенье", "сегодня", "вчера", "січня", "лютого", "березня", "квітня", "травня", "червня", "липня", "серпня", "вересня", "жовтня", "листопада", "грудня",
    "stycznia", "lutego", "marca", "kwietnia", "maja", "czerwca", "lipca", "sierpnia", "wrzesnia", "pazdziernika", "listopada", "grudnia", "ledna", "unora", "brezna", "dubna", "kvetna", "cervna", "cervence", "srpna", "rijna", "prosince", "dnes", "ianuarie", "februarie", "martie", "iunie", "iulie", "septembrie", "octombrie", "noiembrie", "decembrie",
    "ιανουαριου", "φεβρουαριου", "μαρτιου", "απριλιου", "μαιου", "ιουνιου", "ιουλιου", "αυγουστου", "σεπτεμβριου", "οκτωβριου", "νοεμβριου", "δεκεμβριου", "يناير", "فبراير", "مارس", "ابريل", "مايو", "يونيو", "يوليو", "اغسطس", "سبتمبر", "اكتوبر", "نوفمبر", "ديسمبر", "الاثنين", "الثلاثاء", "الاربعاء", "الخميس", "الجمعة", "السبت", "الاحد",
    "जनवरी", "फरवरी", "मार्च", "अप्रैल", "मई", "जून", "जुलाई", "अगस्त", "सितंबर", "अक्टूबर", "नवंबर", "दिसंबर",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn what_is_compared_with_folded_words_is_folded() {
        let words = [CALENDAR, TITLES].concat();
        let odd: Vec<(&str, String)> =
            words.into_iter().map(|word| (word, fold(word))).filter(|(word, folded)| word != folded).collect();
        assert_eq!(odd, []);
    }
}
