//! How pages announce who wrote, published or photographed something, language by language.

/// The words of one language.
pub struct Row {
    /// Its ISO 639-1 code.
    #[cfg_attr(not(test), expect(dead_code, reason = "names the row for whoever edits it"))]
    pub code: &'static str,
    /// Announce an author, before a colon.
    pub author: &'static [&'static str],
    /// Announce an author by standing before a name, as `by` does.
    pub by: &'static [&'static str],
    /// Announce a publisher, before a colon.
    pub source: &'static [&'static str],
    /// Announce who took a picture.
    pub credit: &'static [&'static str],
    /// Say that something was published or updated: they end a name.
    pub published: &'static [&'static str],
}

/// One row per language.
#[rustfmt::skip]
pub const BYLINES: &[Row] = &[
    Row { code: "en", author: &["reporter", "reporters", "author", "authors", "written by", "by", "text", "words", "editor", "correspondent", "story by", "reported by"], by: &["by", "written by", "story by", "reported by"],
        source: &["source", "sources", "published by", "via", "publisher"], credit: &["photo", "photos", "photo by", "photograph", "photography", "image", "images", "picture", "pictures", "credit", "getty", "illustration", "graphic", "doc", "courtesy", "file photo", "photo credit", "video", "caption"],
        published: &["published", "updated", "posted", "last updated", "on", "filed"] },
    Row { code: "de", author: &["autor", "autorin", "autoren", "von", "text", "redaktion", "redakteur", "redakteurin", "reporter", "verfasst von", "ein beitrag von"], by: &["von", "verfasst von", "geschrieben von", "ein beitrag von"],
        source: &["quelle", "quellen"], credit: &["foto", "fotos", "bild", "bilder", "bildquelle", "grafik", "symbolfoto", "symbolbild", "archivfoto", "bildrechte"], published: &["veröffentlicht", "aktualisiert", "stand", "erschienen", "am"] },
    Row { code: "fr", author: &["auteur", "auteurs", "par", "journaliste", "texte", "rédaction", "écrit par", "rédigé par", "propos recueillis par"], by: &["par", "écrit par", "rédigé par", "publié par"],
        source: &["source", "sources"], credit: &["photo", "photos", "crédit", "crédits", "crédit photo", "image", "illustration", "légende"], published: &["publié", "mis à jour", "modifié", "le"] },
    Row { code: "es", author: &["autor", "autora", "por", "redacción", "texto", "periodista", "reportero", "escrito por"], by: &["por", "escrito por", "redactado por"],
        source: &["fuente", "fuentes"], credit: &["foto", "fotos", "fotografía", "imagen", "crédito", "créditos", "cortesía"], published: &["publicado", "actualizado", "el"] },
    Row { code: "pt", author: &["autor", "autora", "por", "texto", "redação", "repórter", "jornalista", "escrito por"], by: &["por", "escrito por", "publicado por"],
        source: &["fonte", "fontes"], credit: &["foto", "fotos", "fotografia", "imagem", "crédito", "créditos", "divulgação"], published: &["publicado", "atualizado", "em"] },
    Row { code: "it", author: &["autore", "autrice", "di", "testo", "redazione", "a cura di", "scritto da"], by: &["di", "a cura di", "scritto da"],
        source: &["fonte", "fonti"], credit: &["foto", "immagine", "crediti", "fotografia"], published: &["pubblicato", "aggiornato", "il"] },
    Row { code: "nl", author: &["auteur", "door", "tekst", "redactie", "verslaggever"], by: &["door", "geschreven door"], source: &["bron", "bronnen"], credit: &["foto", "beeld", "afbeelding"], published: &["gepubliceerd", "bijgewerkt", "op"] },
    Row { code: "da", author: &["af", "tekst", "forfatter", "journalist", "skrevet af"], by: &["af", "skrevet af"], source: &["kilde", "kilder"], credit: &["foto", "arkivfoto", "billede"], published: &["publiceret", "opdateret", "udgivet", "offentliggjort"] },
    Row { code: "nb", author: &["av", "tekst", "forfatter", "journalist", "skrevet av"], by: &["av", "skrevet av"], source: &["kilde", "kilder"], credit: &["foto", "arkivfoto", "bilde"], published: &["publisert", "oppdatert"] },
    Row { code: "sv", author: &["av", "text", "författare", "reporter", "skribent", "skriven av"], by: &["av", "skriven av"], source: &["källa", "källor"], credit: &["foto", "bild", "arkivbild"], published: &["publicerad", "uppdaterad"] },
    Row { code: "fi", author: &["kirjoittaja", "teksti", "toimittaja"], by: &[], source: &["lähde", "lähteet"], credit: &["kuva", "kuvat", "valokuva"], published: &["julkaistu", "päivitetty"] },
    Row { code: "is", author: &["höfundur", "texti", "blaðamaður"], by: &["eftir"], source: &["heimild", "heimildir"], credit: &["mynd", "ljósmynd"], published: &["birt", "uppfært"] },
    Row { code: "et", author: &["autor", "toimetaja"], by: &[], source: &["allikas"], credit: &["foto", "fotod"], published: &["avaldatud", "uuendatud"] },
    Row { code: "lv", author: &["autors", "autore"], by: &[], source: &["avots"], credit: &["foto"], published: &["publicēts", "atjaunots"] },
    Row { code: "lt", author: &["autorius", "autorė"], by: &[], source: &["šaltinis"], credit: &["nuotrauka"], published: &["paskelbta", "atnaujinta"] },
    Row { code: "pl", author: &["autor", "autorka", "autorzy", "tekst", "opracowanie", "oprac"], by: &["przez"], source: &["źródło", "źródła"], credit: &["fot", "foto", "zdjęcie", "zdjęcia"], published: &["opublikowano", "aktualizacja", "data publikacji"] },
    Row { code: "cs", author: &["autor", "autorka", "autoři", "text", "redaktor"], by: &[], source: &["zdroj", "zdroje"], credit: &["foto", "fotografie", "snímek"], published: &["publikováno", "aktualizováno", "vydáno"] },
    Row { code: "sk", author: &["autor", "autorka", "text", "redaktor"], by: &[], source: &["zdroj", "zdroje"], credit: &["foto", "fotografia"], published: &["publikované", "aktualizované", "vydané"] },
    Row { code: "sl", author: &["avtor", "avtorica", "besedilo"], by: &[], source: &["vir", "viri"], credit: &["foto", "fotografija"], published: &["objavljeno", "posodobljeno"] },
    Row { code: "hr", author: &["autor", "autorica", "piše", "tekst"], by: &[], source: &["izvor"], credit: &["foto", "fotografija"], published: &["objavljeno", "ažurirano"] },
    Row { code: "sr", author: &["аутор", "пише", "autor", "piše"], by: &[], source: &["извор", "izvor"], credit: &["фото", "foto"], published: &["објављено", "objavljeno"] },
    Row { code: "hu", author: &["szerző", "írta", "szöveg", "riporter"], by: &["írta"], source: &["forrás", "források"], credit: &["fotó", "kép", "fénykép"], published: &["megjelent", "frissítve", "közzétéve"] },
    Row { code: "ro", author: &["autor", "de", "text", "redactor"], by: &["de"], source: &["sursă", "sursa", "surse"], credit: &["foto", "fotografie", "imagine"], published: &["publicat", "actualizat"] },
    Row { code: "tr", author: &["yazar", "yazan", "haber", "muhabir", "editör"], by: &["yazan"], source: &["kaynak", "kaynaklar"], credit: &["fotoğraf", "foto", "görsel"], published: &["yayınlanma", "güncelleme", "giriş"] },
    Row { code: "id", author: &["reporter", "penulis", "pewarta", "wartawan", "editor", "oleh", "laporan"], by: &["oleh", "ditulis oleh"], source: &["sumber"], credit: &["foto", "dok", "doc", "gambar", "ilustrasi"], published: &["diperbarui", "diterbitkan", "diunggah", "pada"] },
    Row { code: "ms", author: &["wartawan", "penulis", "oleh"], by: &["oleh"], source: &["sumber"], credit: &["foto", "gambar"], published: &["diterbitkan", "dikemas kini"] },
    Row { code: "vi", author: &["tác giả", "phóng viên", "bài"], by: &[], source: &["nguồn", "theo"], credit: &["ảnh", "hình"], published: &["cập nhật", "đăng"] },
    Row { code: "tl", author: &["ni", "nina"], by: &["ni", "nina"], source: &["pinagmulan"], credit: &["larawan", "kuha"], published: &["inilathala"] },
    Row { code: "ca", author: &["autor", "autora", "per", "redacció"], by: &["per"], source: &["font"], credit: &["foto", "imatge"], published: &["publicat", "actualitzat"] },
    Row { code: "gl", author: &["autor", "autora", "por", "redacción"], by: &["por"], source: &["fonte"], credit: &["foto", "imaxe"], published: &["publicado", "actualizado"] },
    Row { code: "eu", author: &["egilea", "idazlea"], by: &[], source: &["iturria"], credit: &["argazkia"], published: &["argitaratua", "eguneratua"] },
    Row { code: "ru", author: &["автор", "авторы", "текст", "корреспондент", "репортёр", "репортер", "журналист"], by: &["от"], source: &["источник", "источники"], credit: &["фото", "фотография", "иллюстрация", "изображение"], published: &["опубликовано", "обновлено"] },
    Row { code: "uk", author: &["автор", "автори", "текст", "кореспондент"], by: &["від"], source: &["джерело", "джерела"], credit: &["фото", "світлина"], published: &["опубліковано", "оновлено"] },
    Row { code: "be", author: &["аўтар", "тэкст"], by: &[], source: &["крыніца"], credit: &["фота"], published: &["апублікавана"] },
    Row { code: "bg", author: &["автор", "автори", "текст"], by: &["от"], source: &["източник"], credit: &["снимка", "снимки", "фото"], published: &["публикувано", "обновено"] },
    Row { code: "mk", author: &["автор", "пишува"], by: &["од"], source: &["извор"], credit: &["фото"], published: &["објавено"] },
    Row { code: "el", author: &["συντάκτης", "κείμενο", "ρεπορτάζ", "του", "της"], by: &[], source: &["πηγή", "πηγές"], credit: &["φωτογραφία", "φωτό", "φωτ"], published: &["δημοσιεύτηκε", "δημοσίευση", "ενημέρωση"] },
    Row { code: "ar", author: &["كتب", "كتبت", "بقلم", "المصدر الصحفي", "تقرير", "محرر"], by: &["كتب", "كتبت", "بقلم"], source: &["المصدر", "مصدر"], credit: &["تصوير", "صورة", "الصورة"], published: &["نشر", "تحديث"] },
    Row { code: "fa", author: &["نویسنده", "خبرنگار", "گزارش"], by: &[], source: &["منبع"], credit: &["عکس", "تصویر"], published: &["منتشر", "به‌روزرسانی"] },
    Row { code: "ur", author: &["تحریر", "رپورٹ"], by: &[], source: &["ماخذ", "ذریعہ"], credit: &["تصویر"], published: &[] },
    Row { code: "he", author: &["מאת", "כתב", "כתבת"], by: &["מאת"], source: &["מקור"], credit: &["צילום", "תמונה"], published: &["פורסם", "עודכן"] },
    Row { code: "hi", author: &["लेखक", "संवाददाता", "रिपोर्टर", "द्वारा"], by: &[], source: &["स्रोत", "स्त्रोत"], credit: &["फोटो", "तस्वीर", "चित्र"], published: &["प्रकाशित", "अपडेटेड"] },
    Row { code: "bn", author: &["লেখক", "প্রতিবেদক"], by: &[], source: &["সূত্র", "উৎস"], credit: &["ছবি"], published: &["প্রকাশিত", "প্রকাশ"] },
    Row { code: "zh", author: &["作者", "记者", "記者", "文", "撰文", "编辑", "編輯"], by: &[], source: &["来源", "來源", "稿源", "文章来源", "消息来源"], credit: &["图", "圖", "图片", "圖片", "摄影", "攝影"], published: &["发布", "發布"] },
    Row { code: "ja", author: &["著者", "執筆", "文", "記者", "取材・文", "筆者"], by: &[], source: &["出典", "引用元", "情報源", "ソース", "出所"], credit: &["写真", "撮影", "画像"], published: &["公開日", "更新日", "掲載"] },
    Row { code: "ko", author: &["기자", "글", "작성자", "글쓴이"], by: &[], source: &["출처", "자료"], credit: &["사진", "이미지"], published: &["입력", "수정"] },
    Row { code: "th", author: &["ผู้เขียน", "ผู้สื่อข่าว"], by: &["โดย"], source: &["ที่มา", "แหล่งที่มา"], credit: &["ภาพ", "ภาพประกอบ"], published: &["เผยแพร่"] },
    Row { code: "sw", author: &["mwandishi", "na mwandishi wetu"], by: &["na"], source: &["chanzo"], credit: &["picha"], published: &["imechapishwa"] },
    Row { code: "af", author: &["skrywer", "deur"], by: &["deur"], source: &["bron"], credit: &["foto"], published: &["gepubliseer"] },
    Row { code: "sq", author: &["autori", "nga"], by: &["nga"], source: &["burimi"], credit: &["foto"], published: &["publikuar"] },
    Row { code: "hy", author: &["հեղինակ"], by: &[], source: &["աղբյուր"], credit: &["լուսանկար"], published: &[] },
    Row { code: "ka", author: &["ავტორი"], by: &[], source: &["წყარო"], credit: &["ფოტო"], published: &[] },
    Row { code: "az", author: &["müəllif"], by: &[], source: &["mənbə"], credit: &["foto"], published: &[] },
    Row { code: "kk", author: &["автор"], by: &[], source: &["дереккөз"], credit: &["фото", "сурет"], published: &[] },
];
