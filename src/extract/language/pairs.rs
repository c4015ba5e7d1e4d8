//! Words that tell close relatives apart: those that a language never has, though its neighbour has.
//!
//! Norwegian and Danish share most of their words, so what they share says nothing; `etter` alone
//! says that a text is not Danish.

/// ISO 639-1 code and words of its neighbours that the language does not have.
#[rustfmt::skip]
pub const NEVER: &[(&str, &str)] = &[
    ("da", "etter ut opp ble blir seg meg deg noe noen mye uten mot sier nå helgen ferge av kveld uke sjø øy språk åtte tjue stengt tatt gått stått dere vår vårt våre mer siste neste ganger hatt vært sånn slik alltid aldri plutselig kanskje veldig eldre høyere kvinner hadde henne igjen barn mann gjennom allerede hjemme bruk bruke bruker gjøre gjøres gi få fått si ikkje eg frå dei vere kva och inte är för från ett"),
    ("nb", "efter ud op blev bliver sig mig dig noget nogen nogle meget uden mod mellem siger af nu hvad aften uge sø sprog tyve lukket været vores jeres jer mere sidste næste gange måske aldrig altid pludselig sådan således ældre højere kvinder selvom havde hende kvinde regeringen gået fået taget kendt vidste igen mand børn tage give blive gennem imellem ikkje eg frå ein dei vere ho kva korleis kvifor och inte är för från att ett"),
    ("nn", "efter ud op blev bliver sig mig noget nogen meget mod mellem siger af hvad ikke jeg fra en de være hun hva hvordan hvorfor noe noen dere ble och inte är för från att"),
    ("sv", "og ikke jeg af er hun hvad efterat mod noget også eg ikkje frå ein fra til ved være hvor"),
    ("cs", "aj som alebo keď ktorý ktorá ktoré ktorí čo nie viac rokov sú bol bola bolo boli môže medzi pred cez ešte tiež mať byť vo zo pre ako len keby teraz prečo ľudia"),
    ("sk", "se nebo když který která které kteří co pro při více let jsou byl byla bylo byli může mezi před přes ještě také být mít jsem jsme jen není jako ve ze lidé proč teď protože"),
    ("hr", "ko tokom gde uvek ovde dve pre posle nedelja nedelje hiljada hiljade hleb vazduh voz šta takođe saopštenje opština sedmica sedmice evropa evrope evropski evropske evropskog januara februara marta aprila juna jula avgusta septembra oktobra novembra decembra vreme mesto deca dece lepo videti čovek reč vijeka vijek lahko kahva historija in ter tudi zaradi vendar ampak kjer zdaj kaj ki bodo niso imajo"),
    ("bs", "tko netko nitko tjedan tjedna tisuća tisuće gde uvek ovde dve pre posle nedelja nedelje siječnja veljače ožujka travnja svibnja lipnja srpnja kolovoza rujna listopada studenoga studenog prosinca europa europe europski europske vlak kruh sveučilište nogomet vreme mesto deca dece lepo čovek reč in ter tudi zaradi vendar ampak kjer zdaj kaj ki bodo niso imajo"),
    ("sl", "što ili jer kao nije bio koji koja koje će već su sa nakon gdje prije poslije ove ovo njihov njihova tko takođe također"),
    ("nl", "nie vir hulle sê baie hierdie ek jy wees ná gesê hê sal nou sy daardie sodat asook hom skool"),
    ("af", "niet zijn hij zij ze worden wordt deze heeft hebben naar zich ik je bij door zo zal zou werd zullen kunnen moeten wij waren mijn zoals vanaf tweede getrouwd nu veel"),
    ("id", "kerana bahawa sahaja awak ialah iaitu apabila manakala hendak selepas baharu polis ogos disember isnin khamis jumaat ahad lelaki cakap mahu kereta pejabat cuti petang faham beritahu jururawat pelbagai dijangka tarikh jurulatih kemalangan peguam setiausaha mesyuarat ringgit inggeris perancis sepanyol kakitangan pilihanraya sekiranya perlawanan menjaringkan pembangkang mahukan kanak-kanak"),
    ("ms", "karena bahwa uang mobil kantor polisi kalian nggak gue sih dong kok minggu senin rabu kamis jumat agustus desember maret februari laki-laki mau presiden provinsi kabupaten warga sejumlah usai ujar ungkap pekan dikarenakan kapan ponsel butuh inggris jerman prancis belanda spanyol rusia tiongkok bisa yaitu tanggal nomor kemarin besok gubernur bupati perusahaan karyawan siswa mahasiswa banget aja gak enggak bikin cowok cewek pacar unduh situs gratis rumah sakit pemilu diimbau tewas"),
    ("pt", "unha non xa coa coas cos máis dende hai dun dunha nunha cunha moi moito moitos moitas polo pola tamén aínda ademais tiña galego galega xunta concello xente persoas el los las y en del con una muy pero hay son más qué él sus hasta fue han había donde cuando co espérase ós unhas nunhas"),
    ("gl", "não uma com em são também muito mais há até pelo pela você ele mas isso essa esse num numa los las y una muy hay más él sus hasta fue han había donde del al"),
    ("es", "não uma com são também muito em há unha non xa coa coas cos máis ao aos dunha nunha cunha moi polo pola tamén aínda foi amb els és dels més també però aquest aquesta fins seva seu perquè il che della gli è sono alla delle condicións creou seguridade cidade cidades do"),
    ("ca", "y con los por más pero muy está también hasta sin su sus fue cuando uma não são il che della gli è sono alla nella delle et une pour dans sur avec est"),
    ("it", "y los las el por más pero muy et les des une pour dans sur avec est não uma com os as do que pas ati lati awon"),
    ("fr", "los las por más pero muy che della gli è sono alla nella delle não uma com and the of"),
    ("ru", "і що це він від є які його щоб або вже після тільки та й ще са се че съм беше който която които тази този това тя със във дека кој која кои ќе сум је су ће који које није био било га али јер"),
    ("uk", "что это он его из или еще был была были только также и очень если чтобы когда қ са се че съм като които"),
    ("be", "что это он его или еще был были только также и що це він від та бұл және деп үшін"),
    ("bg", "что это он его также очень если только когда чтобы этом уже для она они был было были была нет этот эта од дека кој која кои ќе сум како што овој оваа тоа биде ја со је су ће који које није био било га али јер"),
    ("mk", "ще съм който която които този тази със във от това като че са към през вече още тя те защото је су ће који које није био било га али јер ове ово"),
    ("sr", "во со ќе дека кои кој беше ги сум оваа овој сите бил ще съм който която които този тази със във от това като че през след вече također gdje prije poslije vrijeme mjesto dvije dijete djeca djece cijeli cijelo lijepo uvijek ovdje vijeće tko netko nitko tijekom tisuća tisuće sveučilište europe europski tjedan tjedna naravi obitelj tvrtka vijek vijeka mjesta rijeka rijeke riječ riječi posljednji sljedeći svijet svijeta svijetu vjera vjere bijeli bijela djelo djela dijelu dijelom obzirom"),
    ("hi", "आहे आणि नाही आहेत होते होती केली केला केले मध्ये छ भएको गरेको"),
    ("mr", "है हैं के की में को से और यह कि नहीं गया था थी थे लिए"),
    ("ne", "है हैं की में से और नहीं आहे आणि नाही"),
    ("en", "dey wey dem na di wetin una pipo presido sabi afta dis für und nicht das ist les des une pour dans avec est los las por para não uma com ati awon lati tok confam goment govnor oda dat don sey abeg pikin tins wit ova dia neva"),
    ("zu", "kwaye okokuba xa okanye nokuba ngelixa nangona mhlawumbi lokuba bathe ndithi ngoku kwakhona apha umntu ihlabathi phantsi urhulumente amapolisa isigqibo ixesha iindaba abongikazi amanina ukanti kuba oku oko kule kunye nge kwi iyo ndiyabulela mzantsi umphathiswa isebe"),
    ("xh", "noma manje kanye umuntu ukuthi lapho phansi izwe amaphoyisa uhulumeni ungqongqoshe isinqumo ngemuva emuva nakuba isikhathi ngesikhathi kuleli lokhu lokho yilokhu ngalokho ngakho yini ngoba lapha ngokusho sekuyisikhathi kusho ngiyabonga esikhathini umnyango"),
    ("la", "the of for with is della che sono les des une los las por"),
];

/// Languages that share most of their words, so that one is easily taken for the other.
#[rustfmt::skip]
pub const RELATIVES: &[&str] = &[
    "hr bs sr sl", "id ms jv su min", "gl pt es ast pap", "ca oc es", "xh zu ss", "nb nn da sv", "nl af nds fy", "cs sk hsb",
    "en pcm sco", "rn rw", "sw ny", "de nds lb gsw bar", "it co scn nap vec lij lmo pms sc fur pap rm", "fr wa fur", "tl ceb ilo", "is fo",
    "ga gd", "ru uk be bg mk sr", "kk ky tt ba", "lt sgs", "lv ltg", "pl szl hsb", "tr az crh tk ug uz", "hi mr ne", "am ti",
];

/// Languages whose words look so much the same that only the words themselves tell them apart.
pub const ALIKE: &[&str] = &["id ms", "hr bs sr"];

/// Letters that never stand together in the words of a language, though they often do in those of a
/// relative: Xhosa says `iinkokheli` and `kwilizwe` where Zulu says `izinholi` and `ezweni`.
pub const NEVER_WITHIN: &[(&str, &[&str])] = &[
    ("zu", &["ii", "ee", "oo", "rh", "kwi", "ntl", " ndi", " nde", " ndo", "nyh", "yandi", "xhosa"]),
    ("xh", &[" ngi", " ezik", " izik", " lezi", " lesi", "okh"]),
];
