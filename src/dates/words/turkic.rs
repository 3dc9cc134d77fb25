//! The Turkic languages, Mongolian and Tajik.

use super::{Language, NONE};

pub(super) const TABLES: &[Language] = &[
    Language {
        code: "tr",
        months: "ocak|oca; şubat|şub; mart|mar; nisan|nis; mayıs|may; haziran|haz; temmuz|tem; ağustos|ağu|ağus; eylül|eyl; ekim|eki; kasım|kas; aralık|ara",
        weekdays: "pazartesi|salı|çarşamba|perşembe|cuma|cumartesi|pazar|pzt|sal|çar|per|cum|cmt|paz",
        units: "saniye|sn; dakika|dk|dak|30:yarım saat; saat|sa|s; gün|g; hafta|hf; ay; yıl|sene",
        ago: "; önce|evvel",
        days: "bugün; dün; evvelsi gün|önceki gün; az önce|şu an|birkaç saniye önce|biraz önce|şu anda",
        halves: "öö|sabah; ös|öğleden sonra|akşam|gece; öğle",
        clock: "saat|saati; ; ; ",
        numbers: "bir; iki; üç; dört; beş; altı; yedi; sekiz; dokuz; on; on bir; on iki",
        links: "saat|günü|da|de|ve|yaklaşık|tarihinde|tarihi|te|ta|tsi",
        ..NONE
    },
    Language {
        code: "az",
        months: "yanvar|yan; fevral|fev; mart|mar; aprel|apr; may; iyun|iyn; iyul|iyl; avqust|avq; sentyabr|sen|sent; oktyabr|okt; noyabr|noy; dekabr|dek",
        weekdays: "bazar ertəsi|çərşənbə axşamı|çərşənbə|cümə axşamı|cümə|şənbə|bazar|b e|ç a|c a",
        units: "saniyə; dəqiqə|dəq|30:yarım saat; saat; gün; həftə; ay; il",
        ago: "; əvvəl|qabaq|öncə",
        days: "bu gün|bugün; dünən; srağagün|sırağagün; indicə|elə indi",
        clock: "saat; ; ; ",
        marks: "ci il|cı il|cü il|il; ; ; ; ",
        numbers: "bir; iki; üç; dörd; beş; altı; yeddi; səkkiz; doqquz; on",
        links: "saat|il|və|ci|cı|cü|da|də|ildə",
        ..NONE
    },
    Language {
        code: "uz",
        months: "yanvar|yan|январ|янв; fevral|fev|феврал|фев; mart|mar|март|мар; aprel|apr|апрел|апр; may|май; iyun|iyn|июн; iyul|iyl|июл; avgust|avg|август|авг; sentabr|sentyabr|sen|sent|сентябр|сен; oktabr|oktyabr|okt|октябр|окт; noyabr|noy|ноябр|ноя; dekabr|dek|декабр|дек",
        weekdays: "dushanba|seshanba|chorshanba|payshanba|juma|shanba|yakshanba|душанба|сешанба|чоршанба|пайшанба|жума|шанба|якшанба|dush|sesh|chor|pay|jum|shan|yak",
        units: "soniya|сония; daqiqa|дақиқа; soat|соат; kun|кун; hafta|ҳафта; oy|ой; yil|йил",
        ago: "; oldin|avval|олдин|аввал|muqaddam",
        days: "bugun|бугун; kecha|кеча; avvalgi kun|ўтган куни; hozirgina|ҳозир|ҳозиргина",
        clock: "soat|соат; ; ; ",
        marks: "yil|yilning|йил|йилнинг; ; ; ; ",
        numbers: "bir|бир; ikki|икки; uch|уч; to'rt|тўрт; besh|беш; olti|олти; yetti|етти; sakkiz|саккиз; to'qqiz; o'n",
        links: "yil|soat|va|da|kuni|йил|соат|ва|да|куни",
        ..NONE
    },
    Language {
        code: "kk",
        months: "қаңтар|қаңтарда|қаң; ақпан|ақпанда|ақп; наурыз|наурызда|нау; сәуір|сәуірде|сәу; мамыр|мамырда|мам; маусым|маусымда|мау; шілде|шілдеде|шіл; тамыз|тамызда|там; қыркүйек|қыркүйекте|қыр; қазан|қазанда|қаз; қараша|қарашада|қар; желтоқсан|желтоқсанда|жел",
        weekdays: "дүйсенбі|сейсенбі|сәрсенбі|бейсенбі|жұма|сенбі|жексенбі|дс|сс|ср|бс|жм|сб|жс",
        units: "секунд|сек; минут|мин|30:жарты сағат; сағат|сағ; күн; апта; ай; жыл",
        ago: "; бұрын",
        days: "бүгін; кеше; алдыңғы күні|алдыңгүні; қазір|жаңа ғана|жаңа|жаңағана",
        clock: "сағат; ; ; ",
        marks: "ж|жыл|жылғы|жылы|жылдың; ; ; ; ",
        numbers: "бір; екі; үш; төрт; бес; алты; жеті; сегіз; тоғыз; он",
        links: "ж|жыл|жылы|сағат|және|да|де|күні|жылғы",
        ..NONE
    },
    Language {
        code: "ky",
        months: "январь|янв|январда|үчтүн айы|январы; февраль|фев|феврал|бирдин айы|февралы; март|мар|жалган куран|марты; апрель|апр|чын куран|апрели; май|бугу|майы; июнь|июн|кулжа|июну; июль|июл|теке|июлу; август|авг|баш оона|августу; сентябрь|сен|аяк оона|сентябры; октябрь|окт|тогуздун айы|октябры; ноябрь|ноя|жетинин айы|ноябры; декабрь|дек|бештин айы|декабры",
        weekdays: "дүйшөмбү|шейшемби|шаршемби|бейшемби|жума|ишемби|жекшемби|дүй|шей|шар|бей|жум|ише|жек",
        units: "секунд|секунда; мүнөт|мин; саат|с; күн; апта|жума; ай; жыл",
        ago: "; мурун|мурда|илгери",
        days: "бүгүн; кечээ; ; азыр|азыр эле",
        clock: "саат; ; ; ",
        marks: "жыл|ж|жылдын|жылы; ; ; ; ",
        links: "жыл|жылы|саат|жана|күнү",
        ..NONE
    },
    Language {
        code: "tk",
        months: "ýanwar|ýan|ýanwary; fewral|few|fewraly; mart|marty; aprel|apr|apreli; maý|maýy; iýun|iýuny; iýul|iýuly; awgust|awg|awgusty; sentýabr|sen|sentýabry; oktýabr|okt|oktýabry; noýabr|noý|noýabry; dekabr|dek|dekabry",
        weekdays: "duşenbe|sişenbe|çarşenbe|penşenbe|anna|şenbe|ýekşenbe|bazar",
        units: "sekunt; minut; sagat; gün; hepde; aý; ýyl",
        ago: "; öň|ozal",
        days: "şu gün|bu gün; düýn; ; ",
        clock: "sagat; ; ; ",
        marks: "nji ýylyň|njy ýylyň|ýyl|ýylyň; ; nji|njy|i|si; ; ; ",
        links: "nji|njy|we",
        ..NONE
    },
    Language {
        code: "tt",
        months: "гыйнвар|гыйн; февраль|фев; март; апрель|апр; май; июнь; июль; август|авг; сентябрь|сен; октябрь|окт; ноябрь|ноя; декабрь|дек",
        weekdays: "дүшәмбе|сишәмбе|чәршәмбе|пәнҗешәмбе|җомга|шимбә|якшәмбе",
        units: "секунд; минут; сәгать; көн; атна; ай; ел",
        ago: "; элек|кире",
        days: "бүген; кичә; ; хәзер",
        marks: "ел|елның; ; ; ; ",
        links: "ел",
        ..NONE
    },
    Language {
        code: "tg",
        months: "январ|январи|янв; феврал|феврали|фев; март|марти; апрел|апрели|апр; май|майи; июн|июни; июл|июли; август|августи|авг; сентябр|сентябри|сен; октябр|октябри|окт; ноябр|ноябри|ноя; декабр|декабри|дек",
        weekdays: "душанбе|сешанбе|чоршанбе|панҷшанбе|ҷумъа|шанбе|якшанбе",
        units: "сония; дақиқа; соат; рӯз; ҳафта; моҳ; сол",
        ago: "; пеш|қабл",
        days: "имрӯз; дирӯз; ; ҳозир",
        clock: "соати|соат; ; ; ",
        marks: "соли|сол; ; ; ; ",
        links: "и|соли|соати",
        ..NONE
    },
    Language {
        code: "mn",
        months: "нэгдүгээр сар; хоёрдугаар сар; гуравдугаар сар; дөрөвдүгээр сар; тавдугаар сар; зургаадугаар сар|зургадугаар сар; долоодугаар сар|долдугаар сар; наймдугаар сар; есдүгээр сар; аравдугаар сар; арван нэгдүгээр сар; арван хоёрдугаар сар",
        weekdays: "даваа|мягмар|лхагва|пүрэв|баасан|бямба|ням|да|мя|лх|пү|ба|бя|ня|гараг",
        units: "секундын|секунд; минутын|минут|мин; цагийн|цаг; өдрийн|өдөр|хоногийн|хоног; долоо хоногийн|долоо хоног; сарын|сар; жилийн|жил",
        ago: "; өмнө",
        days: "өнөөдөр; өчигдөр; уржигдар; дөнгөж сая|сая|одоо",
        clock: "; цаг; минут; ",
        marks: "оны|он; сарын|сар|р сарын|дугаар сарын|дүгээр сарын|р сар; өдөр|ны|ний|ны өдөр|ний өдөр|нд; ; ; ",
        numbers: "нэг; хоёр; гурван; дөрвөн; таван; зургаан; долоон; найман; есөн; арван",
        links: "оны|он|ны|ний|өдөр|цагт|гараг",
        ..NONE
    },
];
