//! Boxes: what a page asks of its readers in whole sentences, which look like text.

use std::sync::LazyLock;

use rapidhash::RapidHashSet;

use super::{PRINTS, print};
use crate::text::class::Class;
use crate::text::fold::fold;

/// Words of boxes that ask to subscribe, sign in, comment or consent, folded; several of them in one sentence make it
/// one of a box, where others are near. A word alone says nothing: articles speak of newsletters, too.
const WORDS: &[(&str, &str)] = &[
    (
        "en",
        "newsletter newsletters inbox subscribe subscriber subscribers subscription subscriptions unlimited account accounts access register registered unlock login logged sign signup app apps email emails e-mail per-month trial cancel anytime saved commenting comment comments moderated discussion cookies consent privacy advertisement advertising ads ad-free download notifications whatsapp facebook instagram telegram twitter youtube follow premium membership donate donation enjoy exclusive epaper browser javascript video failed load affiliate commission links terms",
    ),
    (
        "de",
        "newsletter abonnieren abonnenten abonnent abo anmelden anmeldung angemeldet registrieren konto zugang unbegrenzt kostenlos kommentare kommentar kommentarfunktion diskutieren postfach e-mail app werbung cookies einwilligung einwilligen datenschutz datenschutzerklarung externen inhalt inhalte anzeigen klick redaktionell empfohlener personenbezogenen widerruflich browser gratis testen affiliate-links provision podcast audioversion generiert vorlesefunktion facebook instagram whatsapp",
    ),
    (
        "fr",
        "newsletter newsletters abonnez abonner abonne abonnes abonnement inscrivez inscription compte connectez connecter commentaires commenter courriel mail e-mail cookies consentement confidentialite publicite illimite gratuitement offre application boite notifications facebook whatsapp instagram reserve",
    ),
    (
        "es",
        "newsletter boletin boletines suscribete suscribirse suscriptor suscriptores suscripcion registrate registrarse cuenta inicia sesion comentarios comentar correo e-mail cookies privacidad publicidad ilimitado gratis exclusivo acceso beneficios app descarga notificaciones whatsapp facebook telegram canal siguenos reglas",
    ),
    (
        "pt",
        "newsletter assine assinante assinantes assinatura cadastre cadastro conta login logado comentarios comentario e-mail cookies privacidade publicidade ilimitado gratis exclusivo acesso app baixe notificacoes whatsapp facebook telegram canal inscreva siga participe",
    ),
    (
        "it",
        "newsletter abbonati abbonamento abbonarsi iscriviti iscrizione registrati account accedi commenti commentare mail e-mail cookie privacy pubblicita illimitato gratis accesso app scarica notifiche whatsapp facebook telegram canale segui",
    ),
    (
        "nl",
        "nieuwsbrief abonneer abonnee abonnees abonnement registreer account inloggen aanmelden reacties reageren mail e-mail cookies privacy advertentie onbeperkt gratis toegang app download meldingen whatsapp facebook",
    ),
    (
        "nord",
        "nyhetsbrev nyhedsbrev prenumerera prenumerant prenumeration abonner abonnent abonnenter abonnement registrer registrera konto logga loggat innlogget logget kommentarer kommentarfeltet kommentera debattere mail e-post epost cookies annons annonse annonce gratis app notiser varsler uutiskirje tilaa tilaaja tilaajat kirjaudu kommentoi evasteet ilmaiseksi sovellus",
    ),
    (
        "slavic",
        "newsletter newslettera subskrybuj prenumerata konto zaloguj zarejestruj komentarze komentarz skrzynke mail e-mail cookies reklama nielimitowany dostep aplikacja powiadomienia odber odberu predplatne predplatitel prihlaste registrujte ucet diskuze komentare newsletteru prijavite registrirajte racun komentari komentirati pretplata pretplatite aplikaciju",
    ),
    (
        "cyrillic",
        "рассылка рассылку подпишитесь подписка подписчиков аккаунт войдите зарегистрируйтесь комментарии комментировать почту почта cookies реклама бесплатно приложение уведомления телеграм telegram канал розсилку підпишіться підписка увійдіть зареєструйтеся коментарі коментувати пошту реклама застосунок сповіщення абонирайте бюлетин профил влезте регистрирайте коментари коментирате",
    ),
    (
        "other",
        "hirlevel hirlevelunkre iratkozzon feliratkozas elofizetes elofizetok regisztracio jelentkezzen kommentek e-mail hirdetes ingyenes abonati abonament abonamentul aboneaza newsletterul cont comentarii logat autentificati e-bulten abone uyelik uye giris yorum yorumlar e-posta cerez reklam ucretsiz uygulama bildirim berlangganan langganan akun daftar masuk komentar email iklan gratis aplikasi notifikasi saluran whatsapp telegram gabung ngsuskripsi dang-ky tai-khoan binh-luan quang-cao εγγραφειτε newsletter συνδρομη συνδρομητης λογαριασμο σχολια email διαφημιση δωρεαν εφαρμογη",
    ),
    (
        "arabic",
        "اشترك اشتراك النشرة البريدية حساب حسابك تسجيل الدخول تعليق التعليقات البريد إعلان تطبيق إشعارات تابعونا واتساب فيسبوك تيليجرام القناة قناة خبرنامه اشتراک ثبت‌نام ورود نظر نظرات ایمیل تبلیغات اپلیکیشن کانال",
    ),
    ("hebrew", "הירשמו ניוזלטר מנוי מנויים הרשמה חשבון התחברו תגובות תגובה אימייל פרסומת אפליקציה עקבו"),
    (
        "indic",
        "न्यूजलेटर सब्सक्राइब सदस्यता अकाउंट लॉगिन कमेंट ईमेल विज्ञापन ऐप डाउनलोड नोटिफिकेशन व्हाट्सएप चैनल फॉलो निউজলেটার সাবস্ক্রাইব লগইন মন্তব্য ইমেইল বিজ্ঞাপন অ্যাপ",
    ),
];

static BOX_WORDS: LazyLock<RapidHashSet<String>> =
    LazyLock::new(|| WORDS.iter().flat_map(|(_, words)| words.split_whitespace()).map(fold).collect());

/// Whether any of the words begins with bytes of this [`print`]: most words of a text are passed over by it.
static BEGINS: LazyLock<Box<[bool; PRINTS]>> = LazyLock::new(|| {
    let mut begins = Box::new([false; PRINTS]);
    BOX_WORDS.iter().for_each(|word| begins[print(word.as_bytes())] = true);
    begins
});

/// How many different words of boxes stand in a folded text; no more than four are counted.
pub(super) fn count(folded: &str) -> u8 {
    const MOST: usize = 4;
    let mut seen: Vec<&str> = Vec::new();
    let (words, begins) = (&*BOX_WORDS, &*BEGINS);
    for word in folded.split(|c: char| c != '-' && !Class::of(c).is_alphanumeric()) {
        if word.len() >= 2 && begins[print(word.as_bytes())] && words.contains(word) && !seen.contains(&word) {
            seen.push(word);
            if seen.len() == MOST {
                break;
            }
        }
    }
    seen.len() as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_boxes_are_counted_in_any_script() {
        for (line, expected) in [
            ("Subscribe to our newsletter", 2),
            ("اشتراک خبرنامه", 2),
            ("Войдите или зарегистрируйтесь", 2),
            ("The harbour is closed", 0),
        ] {
            assert_eq!(count(&fold(line)), expected, "{line}");
        }
    }
}
