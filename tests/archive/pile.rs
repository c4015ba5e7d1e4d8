//! A small pile of articles in several languages, written for the purpose.

use std::fs;
use std::path::Path;

/// The files of the pile.
pub const FILES: &[(&str, &str)] = &[
    (
        "pears.txt",
        "Pears and other fruit\n\nFruit Weekly\nBy Ada Lovelace\n16 February 2021\n\nShe invited us to eat pears in the garden of the \
        Kremlin, and all of us came, although none of us had been invited before.\n\nThe Kremlin's garden has none, as it \
        turned out, and so we went home without any of them, and talked about the colour of apples for the rest of the day.\n",
    ),
    (
        "apples.txt",
        "Apples are red\n\nBy Grace Hopper\nMarch 2021\n\nAn apple is no pear. Garden apples are red, and red gardens are \
        rare. Nobody knows why, and nobody has asked for many years.\n\nPeople who have asked were invited to look for \
        themselves, which most of them did not do, because it was raining that day.\n",
    ),
    (
        "birnen.txt",
        "Gespräche über Birnen\n\nVon Max Müller\n16. Februar 2021\n\nDie Einladungen für das Gespräch kamen spät, und \
        niemand wusste, ob der Klimagipfel nicht doch abgesagt würde.\n\nDer Müller aß, und die anderen sahen ihm dabei zu, \
        bis auch sie etwas bekamen. Das Klima war gut, und der Gipfel auch.\n",
    ),
    (
        "gipfel.txt",
        "Der Gipfel der Birnbäume\n\n2020\n\nWer auf den Gipfel steigt, sieht die Bäume von oben. Das ist für viele ein \
        Grund, unten zu bleiben und zu warten, bis es regnet.\n\nEin Spaziergang durch die Birnbaumallee ist ebenso schön, \
        sagen alle, die schon einmal dort gewesen sind, und viele andere sagen das auch. Teilnehmer gab es wenige.\n",
    ),
    (
        "buah.txt",
        "Percakapan tentang buah\n\nLiputan Kebun - 15 Feb 2021, 18:00 WIB\n\nMereka mengobrol soal buah pir dan apel, dan \
        tidak ada yang tahu kapan percakapan itu akan selesai pada hari itu.\n\nPutin tidak diundang, kata mereka, karena \
        dia tidak suka buah pir dan lebih suka makan apel di rumahnya sendiri.\n",
    ),
    (
        "li.txt",
        "关于梨的报道\n\n2021年2月17日\n\n他们通过电话直呼其名，谈论了很久关于梨和苹果的事情，没有人知道为什么。\n\n数据库里没有梨的情报，所以大家都回家了，\
        第二天又来了。新闻报道说普京没有来。\n",
    ),
    (
        "grushi.txt",
        "Груши и яблоки\n\n17 февраля 2021\n\nПутин не приехал в сад, хотя его приглашали много раз, и все ждали его до самого \
        вечера.\n\nГруши уже созрели, говорят садовники, и скоро их будут собирать все, кто живёт в этом городе.\n",
    ),
    (
        "poires.txt",
        "Les poires de l'État\n\nPar Émile Zola\n3 mars 1898\n\nL'homme a mangé une poire pendant l'été, et personne ne l'a vu \
        faire, car tout le monde dormait encore à cette heure.\n\nLes naïfs disent que c'était une pomme, mais les jardiniers \
        savent très bien ce qu'ils ont planté dans le jardin.\n",
    ),
    (
        "note.txt",
        "Note to the gardener\n\nThe pears of the north wall are not to be picked before the first frost, whatever anybody \
        says about them.\n\nKindly tell the others as well, since they have been seen near the wall with baskets and with \
        ladders, and in a mood for pears. covid19 twitter-profile 3.6 iPhone13.\n",
    ),
    (
        "many.jsonl",
        "{\"title\":\"Frost in the orchard\",\"text\":\"Frost has come to the orchard, and the gardeners went home early on that day, which nobody minded.\",\"date\":\"2021-01-05\",\"author\":\"Ada Lovelace\",\"url\":\"https://fruit.example/frost\",\"source\":\"Fruit Weekly\"}\n\
        {\"title\":\"Rain in the orchard\",\"text\":\"Rain has come to the orchard, and the gardeners stayed where they were, under the trees, with pears.\",\"date\":\"2021-01-06T08:30:00Z\",\"author\":\"Ada Lovelace\",\"url\":\"https://fruit.example/rain\",\"source\":\"Fruit Weekly\"}\n\
        {\"title\":\"Sun in the orchard\",\"text\":\"Sun has come to the orchard at last, and everybody was invited to look at it from the garden wall.\",\"date\":\"2021-01-07\",\"url\":\"https://fruit.example/sun\",\"source\":\"Orchard Daily\"}\n",
    ),
    ("empty-headline.txt", "A headline without any text\n"),
];

/// Writes the pile into a folder.
pub fn write(folder: &Path) {
    for (name, text) in FILES {
        fs::write(folder.join(name), text).expect("the folder can be written");
    }
}

/// What is asked of it.
pub const QUERIES: &[&str] = &[
    "",
    "pears",
    "pear",
    "invite",
    "einladung",
    "Einladungen",
    "gesprach",
    "gespraech",
    "GESPRÄCH",
    "fur",
    "für",
    "fuer",
    "ass",
    "aß",
    "mueller",
    "müller",
    "kremlin",
    "kremlin’s",
    "cakap",
    "obrolan",
    "电话",
    "话",
    "电话直呼其名",
    "话电",
    "情报",
    "putin",
    "путин",
    "приглашал",
    "груша",
    "état",
    "etat",
    "l'homme",
    "naif",
    "zzzz",
    "klima",
    "gipfel",
    "klimagipfel",
    "birnbaum",
    "baum",
    "birnen baum",
    "teil",
    "teilnehmer",
    "\"pears in the garden\"",
    "\"garden the in\"",
    "\"für das Gespräch\"",
    "\"fur das gesprach\"",
    "\"für das gesprach\"",
    "\"pears * the garden\"",
    "\"通过电话\"",
    "\"home without\"",
    "pea*",
    "g*",
    "话*",
    "kreml*n",
    "*gipfel",
    "einlad*en",
    "/colou?r/",
    "/gard[ei]n(er)?s?/",
    "/[0-9]+/",
    "=gespräch",
    "=gesprach",
    "=gespräche",
    "kremln~",
    "gespärch~",
    "pears garden",
    "pears -garden",
    "pears OR putin",
    "-pears",
    "pears (garden OR frost) -rain",
    "title:pears",
    "title:orchard",
    "body:orchard",
    "by:ada",
    "by:lovelace",
    "source:weekly",
    "source:=\"Fruit Weekly\"",
    "path:many",
    "url:fruit",
    "url:frost",
    "lang:de",
    "lang:en,de",
    "-lang:en",
    "lang:?",
    "date:2021",
    "date:2021-02",
    "date:2021-02-16",
    "date:2021-03-09",
    "date:..2020",
    "date:none",
    "after:2021-02-15",
    "before:2021-01-06",
    "date:1898",
    "has:url",
    "has:byline",
    "-has:byline",
    "words:<20",
    "words:20..60",
    "is:unread",
    "is:starred",
    "garden NEAR/8 kremlin",
    "pears NEAR/2 garden",
    "covid19",
    "covid-19",
    "twitter-profile",
    "twitterprofile",
    "3.6",
    "iphone13",
    "iphone",
    "…",
    "pears …",
    "lang:klingon",
    "orchard sort:title",
    "orchard sort:oldest",
    "gardeners frost rain",
    "putin lang:zh",
    "ряба",
    "苹果",
    "梨",
];
