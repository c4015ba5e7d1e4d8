//! What outlets write around their own names, language by language.

/// Words before the name of an outlet in a line that is its own: `About The Star`.
///
/// Folded words; the name follows, and little else.
#[rustfmt::skip]
pub const BEFORE: &[(&str, &[&str])] = &[
    ("en", &["about", "about the", "more from", "more from the", "follow", "follow the", "subscribe to", "subscribe to the", "support", "support the", "contact", "contact the", "advertise with", "advertise in", "advertise on", "download the", "get the", "get more of", "get more of the", "search", "work at", "work for", "join", "join the", "become a", "welcome to", "welcome to the", "log in to", "sign in to", "sign up for", "share this story :", "share this story:", "careers at", "jobs at",
        "read the", "read more on", "listen to", "watch", "donate to", "never miss the latest news from the", "unlimited access to", "unlimited online access to", "unlimited digital access to the", "the latest from", "stay up to date with", "a message from", "from the", "follow us on", "visit", "inside", "published by", "produced by", "best of", "this story was originally published by", "this article originally appeared on", "this article first appeared in", "originally published on", "send a letter to", "letters to the", "newsletter from", "email the", "customer service of", "get a daily dose of"]),
    ("de", &["uber", "uber den", "uber die", "uber das", "mehr von", "mehr aus", "mehr bei", "jobs bei", "jetzt", "folgen sie", "abonnieren sie", "willkommen bei", "hallo und herzlich willkommen bei", "newsletter von", "eine webseite der", "ein angebot von", "ein angebot der", "ein angebot des", "nachrichten von", "werben bei", "werben auf", "werben in", "kontakt zu", "folge", "alle", "zur startseite von", "redaktion", "die app von", "arbeiten bei", "im"]),
    ("fr", &["a propos de", "a propos du", "s'abonner a", "s'abonner au", "abonnez-vous a", "abonnez-vous au", "suivez", "suivre", "soutenez", "soutenir", "les services de", "les services du", "la redaction de", "la redaction du", "redaction", "l'application", "boutique", "club", "le site de", "le site du", "contacter", "telechargez l'application", "decouvrez", "sur", "avec", "lire sur", "retrouvez", "les newsletters de", "les newsletters du", "faire un don a", "application", "bienvenue sur", "publicite sur"]),
    ("es", &["acerca de", "sobre", "suscribete a", "suscripcion a", "siga a", "sigue a", "club", "archivo", "colecciones", "redaccion", "grupo", "apoya a", "tienda", "app de", "descarga la app de", "contacta con", "contacto", "publicidad en", "noticias de", "mas de", "mas en", "newsletter de", "bienvenido a", "diario", "empresa editora", "por redaccion", "unete a", "unete al canal de", "hemeroteca", "periodico", "conoce mas de", "recibe las noticias de"]),
    ("pt", &["sobre o", "sobre a", "assine o", "assine a", "assine", "apoie o", "apoie a", "siga o", "siga a", "siga", "redacao", "da redacao", "clube", "anuncie no", "anuncie na", "fale com o", "fale com a", "newsletter do", "newsletter da", "mais do", "mais da", "baixe o app do", "acesse o", "receba as noticias do", "participe do canal do", "participe do grupo do", "inscreva-se na", "entre no canal do", "jornal", "portal", "loja"]),
    ("it", &["abbonati a", "segui", "redazione", "sostieni", "la redazione di", "scopri", "newsletter di", "gruppo", "contatta", "contatti", "iscriviti a", "app di", "pubblicita su", "archivio", "l'app di", "il network", "le newsletter di"]),
    ("nl", &["over", "over de", "over het", "abonneer op", "abonneer je op", "volg", "word lid van", "steun", "contact met", "adverteren in", "adverteren bij", "meer van", "werken bij", "redactie", "nieuwsbrief van", "welkom bij"]),
    ("nord", &["om", "kontakt", "tips", "tipsa", "folg", "folj", "folj oss pa", "prenumerera pa", "abonner pa", "abonner pa nyhedsbrevet fra", "annonser i", "annoncer i", "annonsera i", "mer fra", "mere fra", "mer fran", "velkommen til", "valkommen till", "kundeservice", "redaktionen pa", "stott", "fa nyheter fra", "kanal:", "tilaa", "seuraa", "tietoa", "ota yhteytta", "lisaa aiheesta"]),
    ("slavic", &["o", "prenumerata", "czytaj", "czytaj tez w", "ogladaj", "redakcja", "wesprzyj", "obserwuj", "polub", "aplikacja", "predplatne", "podporte", "sledujte", "redakce", "redakcia", "pratite", "preuzmite", "pretplatite se na", "citajte", "vice na", "vise na", "о", "о газете", "газета", "редакция", "подписывайтесь на", "подпишитесь на", "читайте", "читайте в", "читайте нас в", "приложение", "поддержите", "подписка на", "канал", "підписуйтесь на", "читайте на", "стежте за", "підтримайте", "редакція", "про", "последвайте", "пратите", "преузмите", "следете", "четете", "вестник", "сайт"]),
    ("other", &["kovesse a", "kovesse az", "elofizetes", "tamogassa a", "despre", "urmareste", "urmariti", "sustine", "aboneaza-te la", "citeste si pe", "takip et", "tentang", "ikuti", "ikuti kami di", "download aplikasi", "unduh aplikasi", "baca", "redaksi", "ikuti berita", "gabung ke", "toimitus", "theo", "theo doi", "tai ung dung", "σχετικα με", "ακολουθηστε το", "ακολουθηστε τον", "ακολουθηστε", "διαβαστε", "subaybayan ang", "sundan ang", "kuhusu", "fuata", "jiunge na", "oor", "rreth", "ndiqni", "haqqinda", "amdanom", "apie", "abone", "seko", "sekite", "liity", "jalgi", "telli", "toeta",
        "عن", "تابع", "تابعوا", "تابعونا على", "حمل تطبيق", "موقع", "جريدة", "صحيفة", "قناة", "درباره", "دنبال کنید", "אודות", "עקבו אחרי", "הצטרפו ל", "फॉलो करें", "ติดตาม", "เกี่ยวกับ"]),
];

/// Words behind the name of an outlet: `Abendblatt Shop`, `NZZ abonnieren`.
#[rustfmt::skip]
pub const BEHIND: &[(&str, &[&str])] = &[
    ("en", &["newsletter", "newsletters", "app", "apps", "shop", "store", "home", "epaper", "e-paper", "premium", "plus", "pro", "club", "insider", "insiders", "insider now", "member", "members", "archive", "archives", "podcast", "podcasts", "live", "tv", "radio", "staff", "staff writer", "team", "editorial", "editorial board", "corporate", "tickets", "extra", "events", "jobs", "voucher codes", "panel", "councils", "view", "account", "subscription", "subscriptions", "subscriber", "subscribers", "on facebook", "on twitter", "on instagram", "on youtube", "on telegram", "on whatsapp", "on google news", "online", "blog", "network", "partners", "& partners", "magazine", "media group", "foundation", "reader", "readers", "edition", "classifieds", "desk", "bureau", "submissions", "the technology experts", "is part of", "english", "dating", "merchandise", "journalists", "rewards", "awards", "memberships", "membership"]),
    ("de", &["abonnieren", "abo", "abos", "testen", "folgen", "redaktion", "shop", "auf facebook", "auf twitter", "auf instagram", "auf whatsapp", "auf youtube", "als startseite", "kaufen", "archiv", "agb und vertragsbedingungen", "startseite", "angebote", "stellenmarkt", "immobilien", "leserreisen", "online", "digital", "medien", "verlag", "kontakt", "kundenservice", "backstage blog", "hilft e.v.", "autoren", "akademie", "infografik", "merken", "netzwerk", "spiele", "publication hub", "eine marke der", "ein unternehmen der"]),
    ("romance", &["sur facebook", "sur twitter", "sur instagram", "abonnes", "abonnement", "boutique", "placements", "audio", "canada", "codes promo", "services", "avec afp", "en facebook", "en twitter", "en whatsapp", "en instagram", "en google news", "tienda", "suscriptores", "suscripcion", "socios", "contenidos", "no facebook", "no whatsapp", "no instagram", "no telegram", "assinantes", "loja", "su facebook", "su whatsapp", "su google news", "abbonati", "abbonamenti", "redazione", "redaccion", "redacao", "lettori", "lectores", "leitores", "pe facebook", "pe google news"]),
    ("nord", &["pa facebook", "op facebook", "kundeservice", "kundservice", "butik", "butikk", "abonnementen", "redaktionen", "redaksjonen", "nyhetsbrev", "nyhedsbrev", "nieuwsbrief", "facebookissa", "sovellus", "uutiskirje", "lisabonnees", "redactie", "verslaggever", "super", "debatt", "debat"]),
    ("slavic", &["na facebooku", "prenumerata", "w internecie", "w internecie na", "v telegram", "в telegram", "в телеграм", "в вконтакте", "в дзен", "в дзене", "у telegram", "у телеграмі", "у facebook", "във facebook", "на facebook", "на viber", "redakcja", "redakce", "predplatne", "predplatitelia", "aplikacija", "портал", "прес"]),
    ("other", &["uygulamasini indirin", "uygulamasi", "abone ol", "hakkinda", "haberleri", "di google news", "di facebook", "di whatsapp", "hirlevel", "elofizetes", "facebook-oldala", "στο facebook", "στο google news", "στο viber", "sa facebook", "على فيسبوك", "على تويتر", "على واتساب", "على تليجرام", "على جوجل نيوز", "בפייסבוק", "בטלגרם", "ऐप", "एप", "অ্যাপ"]),
];

/// The same where no spaces are written, before the name.
pub const SPACELESS_BEFORE: &[&str] =
    &["关于", "關於", "关注", "關注", "下载", "下載", "订阅", "訂閱", "欢迎访问", "歡迎訪問", "加入", "追蹤", "走进"];
/// And behind it.
#[rustfmt::skip]
pub const SPACELESS_BEHIND: &[&str] = &[
    "版权所有", "版權所有", "をフォローしよう", "をフォローしよう！", "をフォロー", "とは", "について", "編集部", "客户端", "客戶端", "官方微博", "官方微信", "网站地图", "新闻客户端", "のお知らせ", "の購読", "会員", "アプリ", "公式アカウント", "소개", "구독", "구독하기", "뉴스레터", "채널", "앱", "독자", "무단전재", "无断转载",
];

/// Names of services and words of pages, folded: no outlet is called so.
#[rustfmt::skip]
pub const NO_OUTLETS: &[&str] = &[
    "amzn", "wikipedia", "wikimedia", "bit", "youtu", "goo", "ebay", "doi", "github", "imdb", "ticketmaster", "eventbrite", "upcoming", "markets", "film", "reprint", "ubersicht", "unseren", "teknoloji",
    "facebook", "twitter", "x", "instagram", "whatsapp", "youtube", "telegram", "google", "google news", "google play", "google discover", "app store", "apple", "apple news", "apple podcasts", "spotify", "linkedin", "tiktok", "rss", "flipboard", "pinterest", "reddit", "threads", "bluesky", "mastodon", "line", "viber", "vk", "ok", "wordpress", "wordpress.com", "blogger", "medium", "substack", "tumblr", "pocket", "messenger", "snapchat", "weibo", "wechat", "naver", "kakao", "zalo", "discord", "signal", "paypal", "patreon", "disqus", "microsoft", "msn", "yahoo", "amazon", "taboola", "outbrain", "android", "ios", "iphone", "iphone & android", "chrome", "email", "e-mail", "mail", "sms",
    "us", "our", "you", "your", "me", "my", "we", "this", "that", "it", "its", "here", "there", "now", "all", "more", "the", "a", "an", "free", "new", "page", "site", "website", "newsletter", "newsletters", "account", "app", "apps", "cookies", "cookie", "privacy", "terms", "conditions", "journalism", "team", "staff", "author", "authors", "editor", "editors", "latest", "news", "sports", "sport", "politics", "business", "world", "opinion", "video", "videos", "photos", "podcast", "podcasts", "live", "tv", "radio", "premium", "plus", "pro", "club", "shop", "store", "home", "archive", "archives", "jobs", "events", "contact", "about", "help", "faq", "login", "subscribe", "subscription", "member", "membership", "breaking", "breaking news", "top stories", "latest news", "local", "local news", "community", "weather", "travel", "health", "science", "technology", "tech", "culture", "entertainment", "magazine", "blog", "digital", "online", "edition", "print", "media", "press",
    "kontakt", "impressum", "datenschutz", "redaktion", "abo", "startseite", "nachrichten", "politik", "wirtschaft", "kultur", "panorama", "reise", "gesundheit", "auto", "themen", "service", "services", "archiv", "anzeige", "uns", "unsere", "sie", "nous", "vous", "notre", "nos", "votre", "accueil", "politique", "economie", "societe", "monde", "nosotros", "noticias", "deportes", "cultura", "economia", "politica", "sociedad", "mundo", "inicio", "contacto", "quem somos", "esportes", "noi", "contatti", "redazione", "redaccion", "redacao", "cronaca", "oss", "ons", "nas", "nyheder", "nyheter", "uutiset", "wiadomosci", "zpravy", "vijesti", "haberler", "berita", "hirek", "stiri", "новости", "новини", "вести", "vesti", "author of the article", "comment", "comments", "story", "stories", "article", "articles", "photo", "image", "advertisement", "advertising", "copyright", "getty", "getty images", "shutterstock", "unsplash", "all rights reserved", "united states", "english", "deutsch", "francais", "espanol", "coronavirus", "covid-19",
    "ukraine", "russia", "china", "trump", "donald trump", "elon musk", "putin", "europe", "europa", "usa", "uk", "india", "africa", "asia", "america", "deutschland", "france", "espana", "italia", "brasil", "polska", "россия", "украина", "украіна", "christmas", "football", "fussball", "futbol", "calcio", "premier league", "bundesliga", "champions league", "la liga", "serie a", "nfl", "nba", "formula 1", "wm", "em", "olympia", "tokyo", "london", "paris", "berlin", "madrid", "roma", "wien", "new york", "hamburg", "москва", "киів", "beijing", "moscow", "kyiv",
    "company", "careers", "share", "notice", "manage", "manage my", "investing", "personal finance", "digital subscription", "tools", "trending", "explore", "discover", "watch", "listen", "play", "other", "others", "every", "each", "both", "sitemap", "feedback", "report", "register", "sign", "save", "read", "game", "games", "quiz", "crossword", "horoscope", "horoskop", "lottery", "deals", "coupons", "reviews", "review", "guide", "guides", "best", "free trial", "trial", "special", "specials", "partner", "partners", "sponsor", "sponsored", "group", "gruppe", "groupe", "grupo", "gruppo", "verlag", "alle", "alles", "jetzt", "artikel", "beitrag", "bilder", "meinung", "e-paper", "epaper", "gewinnspiele",
];

/// Words behind a name that stand behind the names of sections and shows as often: `Technology news`, `Film newsletter`.
#[rustfmt::skip]
pub const BEHIND_SECTIONS: &[&str] = &[
    "newsletter", "newsletters", "podcast", "podcasts", "live", "events", "tickets", "archive", "archives", "jobs", "team", "extra", "plus", "pro", "club", "radio", "tv",
    "archiv", "angebote", "stellenmarkt", "autoren", "online", "haberleri", "haber", "audio", "services", "contenidos", "nyhetsbrev", "nyhedsbrev", "nieuwsbrief", "uutiskirje", "debatt", "debat", "super", "hirlevel", "портал",
];

/// Words of columns and kinds of reports in East Asia, which stand in brackets before a text as outlets do.
pub const COLUMNS: &[&str] = &[
    "レビュー",
    "動画",
    "特集",
    "速報",
    "コラム",
    "独自",
    "解説",
    "写真",
    "インタビュー",
    "図解",
    "詳報",
    "連載",
    "社説",
    "評测",
    "视频",
    "影片",
    "图集",
    "快讯",
    "专访",
    "專訪",
    "深度",
    "观察",
    "觀察",
    "评论",
    "評論",
    "独家",
    "獨家",
    "직설",
    "칼럼",
    "사설",
    "인터뷰",
    "속보",
    "단독",
    "영상",
    "포토",
    "르포",
];

/// What rights are claimed with, folded: a copyright line ends or begins with it, and it is nobody's name.
#[rustfmt::skip]
pub const RIGHTS: &[&str] = &[
    "all rights res", "all right reserved", "rights reserved", "alle rechte vorbehalten", "alle rechte", "tous droits", "droits reserves", "todos los derechos", "derechos reservados", "prohibida la reproduccion", "todos os direitos", "direitos reservados", "tutti i diritti", "riproduzione riservata", "diritti riservati", "alle rechten", "auteursrecht", "alle rettigheder", "alle rettigheter", "alla rattigheter", "kaikki oikeudet", "wszelkie prawa", "wszystkie prawa", "prawa zastrzezone", "vsechna prava", "vsetky prava", "sva prava", "vse pravice", "minden jog", "toate drepturile", "drepturi rezervate", "tum haklari", "her hakki", "hak cipta", "bao luu", "giu ban quyen", "все права", "права защищены", "усі права", "всі права", "права захищено", "всички права", "сва права", "сите права", "με την επιφυλαξη", "ολα τα δικαιωματα", "koik oigused", "visas tiesibas", "visos teises", "haki zote", "lahat ng karapatan", "tots els drets", "eskubide guztiak", "alle regte", "te gjitha te drejtat", "butun huquqlar", "барлық құқықтар",
    "جميع الحقوق", "كافة الحقوق", "حقوق النشر", "حقوق الطبع", "الحقوق محفوظة", "تمامي حقوق", "كليه حقوق", "جمله حقوق", "כל הזכויות", "सर्वाधिकार", "सभी अधिकार", "সর্বস্বত্ব", "版权所有", "版權所有", "不得转载", "未经授权", "著作権", "無断転載", "無断複写", "禁無断", "무단전재", "무단 전재", "저작권", "สงวนลิขสิทธิ์", "ห้าม", "reserved", "licensed", "powered by", "designed by", "reproduction", "unauthorized", "no part of", "part of the", "published by", "copyright",
];

/// What ends the name of a company, folded: readers do not write it.
#[rustfmt::skip]
pub const LEGAL: &[&str] = &[
    "inc", "llc", "ltd", "limited", "plc", "corp", "corporation", "co", "company", "gmbh", "ag", "kg", "mbh", "se", "ohg", "e.v", "ev", "sa", "s.a", "sas", "sarl", "sl", "s.l", "slu", "s.l.u", "s.a.u", "sau", "spa", "s.p.a", "srl", "s.r.l", "s.r.o", "a.s", "a/s", "as", "asa", "ab", "oy", "oyj", "bv", "b.v", "nv", "n.v", "d.o.o", "d.d", "doo", "eood", "ood", "sp", "z", "o.o", "kft", "zrt", "nyrt", "rt", "tbk", "sdn", "bhd", "pvt", "pte", "pty", "llp", "lp", "s.c", "ltda", "s/a", "eireli", "c.a", "c.v", "s.a.b", "ou", "sia", "uab", "ооо", "зао", "оао", "ао", "тов", "оод", "еоод", "ад", "ae", "αε", "α.ε",
];

/// What makes a name that of a company which owns papers, folded.
#[rustfmt::skip]
pub const HOLDINGS: &[&str] = &[
    "group", "holding", "holdings", "mediengruppe", "medien", "network", "networks", "publishing", "publications", "publishers", "verlag", "verlagsgesellschaft", "mediahuis", "communications", "enterprises", "interactive", "grupo", "groupe", "gruppo", "gruppe", "editora", "editoriale", "edizioni", "editions", "empresa", "ventures", "koncern", "konsern", "medya", "yayincilik", "media", "newspapers", "pressedruck", "zeitungsverlag", "newsquest", "gannett", "postmedia", "funke", "network18",
];

/// Hosts of addresses that anybody can have: what stands behind `@` there says nothing.
#[rustfmt::skip]
pub const FREE_MAIL: &[&str] = &[
    "gmail", "googlemail", "hotmail", "outlook", "yahoo", "ymail", "icloud", "me", "aol", "gmx", "web", "t-online", "freenet", "live", "msn", "protonmail", "proton", "mail", "yandex", "rambler", "bk", "list", "inbox", "ukr", "i", "wp", "o2", "onet", "interia", "seznam", "centrum", "azet", "abv", "freemail", "citromail", "laposte", "orange", "free", "wanadoo", "sfr", "virgilio", "tiscali", "alice", "uol", "bol", "terra", "ig", "naver", "daum", "hanmail", "qq", "163", "126", "sina", "sohu", "rediffmail",
];

/// Parts of hosts that name nobody.
#[rustfmt::skip]
pub const HOST_PARTS: &[&str] = &[
    "www", "m", "amp", "mobile", "news", "com", "co", "org", "net", "edu", "gov", "ac", "or", "ne", "go", "info", "en", "de", "fr", "es", "it", "pt", "ru", "ar", "blog", "blogs", "edition", "web", "wap", "old", "beta", "static", "cdn", "img", "images", "mail", "email", "e", "k", "press", "media", "uk", "us", "in", "za", "au", "nz", "jp", "cn", "tw", "hk", "kr", "br", "mx", "pe", "bo", "ec", "ve", "uy", "py", "cl", "ph", "my", "sg", "id", "th", "vn", "tr", "il", "ua", "pl", "sport", "sports",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold::fold;

    #[test]
    fn what_is_compared_with_folded_words_is_folded() {
        let words = [NO_OUTLETS, RIGHTS, LEGAL, HOLDINGS, FREE_MAIL, HOST_PARTS, BEHIND_SECTIONS].concat();
        let odd: Vec<&str> = words.into_iter().filter(|word| fold(word) != *word).collect();
        assert_eq!(odd, Vec::<&str>::new());
    }
}
