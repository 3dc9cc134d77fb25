//! The other languages of Europe and the Caucasus.

use super::{Language, NONE};

pub(super) const TABLES: &[Language] = &[
    Language {
        code: "el",
        months: "ιανουάριος|ιανουαρίου|ιαν|γενάρη; φεβρουάριος|φεβρουαρίου|φεβ|φεβρ; μάρτιος|μαρτίου|μαρ|μάρ|μαρτ; απρίλιος|απριλίου|απρ; μάιος|μαΐου|μαϊ|μάι|μαι; ιούνιος|ιουνίου|ιουν|ιούν; ιούλιος|ιουλίου|ιουλ|ιούλ; αύγουστος|αυγούστου|αυγ|αύγ; σεπτέμβριος|σεπτεμβρίου|σεπ|σεπτ; οκτώβριος|οκτωβρίου|οκτ; νοέμβριος|νοεμβρίου|νοε|νοέ|νοεμ; δεκέμβριος|δεκεμβρίου|δεκ",
        weekdays: "δευτέρα|τρίτη|τετάρτη|πέμπτη|παρασκευή|σάββατο|κυριακή|δευ|τρι|τετ|πεμ|παρ|σαβ|κυρ|δε|τρ|τε|πε|πα|σα|κυ",
        units: "δευτερόλεπτο|δευτερόλεπτα|δευτ; λεπτό|λεπτά|λεπ|λ|30:μισή ώρα; ώρα|ώρες|ωρ|ώ; ημέρα|ημέρες|μέρα|μέρες|ημ; εβδομάδα|εβδομάδες|εβδ; μήνα|μήνες|μήνας; χρόνο|χρόνια|έτος|έτη|χρόνος",
        ago: "πριν|πριν από; πριν",
        days: "σήμερα; χθες|χτες; προχθές|προχτές; μόλις τώρα|τώρα|πριν λίγο|πριν από λίγο|πριν από λίγα δευτερόλεπτα",
        halves: "π.μ|πμ|το πρωί|πρωί; μ.μ|μμ|το απόγευμα|το βράδυ; το μεσημέρι",
        clock: "ώρα|στις|στη|ωρα; ; ; ",
        numbers: "ένα|μία|μια|έναν; δύο|δυο; τρεις|τρία; τέσσερις|τέσσερα; πέντε; έξι; επτά|εφτά; οκτώ|οχτώ; εννέα|εννιά; δέκα",
        links: "στις|την|του|της|η|ο|και|στη|τις|από|ώρα|περίπου",
        ..NONE
    },
    Language {
        code: "hu",
        months: "január|januári|jan; február|februári|feb|febr; március|márciusi|márc|már; április|áprilisi|ápr; május|májusi|máj; június|júniusi|jún; július|júliusi|júl; augusztus|augusztusi|aug; szeptember|szeptemberi|szept|szep; október|októberi|okt; november|novemberi|nov; december|decemberi|dec",
        weekdays: "hétfő|kedd|szerda|csütörtök|péntek|szombat|vasárnap|hétfőn|kedden|szerdán|csütörtökön|pénteken|szombaton|vasárnap|sze|cs|szo",
        units: "másodperc|másodperce|másodperccel|mp; perc|perce|perccel|p|30:fél óra|30:fél órája|30:félórája; óra|órája|órával|ó; nap|napja|nappal; hét|hete|héttel; hónap|hónapja|hónappal; év|éve|évvel",
        ago: "; ezelőtt|óta|korábban|órája|perce|napja|hete|hónapja|éve",
        days: "ma; tegnap; tegnapelőtt; épp most|az imént|éppen most|pár másodperce",
        halves: "de|délelőtt|reggel; du|délután|este; délben",
        clock: "; óra|órakor|h; perc|perckor; ",
        marks: "év; ; n|án|én|jén|ján|i; ; ; ",
        numbers: "egy; két|kettő; három; négy; öt; hat; hét; nyolc; kilenc; tíz",
        links: "a|az|kor|és|án|én|jén|ján|i",
        ..NONE
    },
    Language {
        code: "fi",
        months: "tammikuu|tammikuuta|tammi|tammik; helmikuu|helmikuuta|helmi|helmik; maaliskuu|maaliskuuta|maalis|maalisk; huhtikuu|huhtikuuta|huhti|huhtik; toukokuu|toukokuuta|touko|toukok; kesäkuu|kesäkuuta|kesä|kesäk; heinäkuu|heinäkuuta|heinä|heinäk; elokuu|elokuuta|elo|elok; syyskuu|syyskuuta|syys|syysk; lokakuu|lokakuuta|loka|lokak; marraskuu|marraskuuta|marras|marrask; joulukuu|joulukuuta|joulu|jouluk",
        weekdays: "maanantai|tiistai|keskiviikko|torstai|perjantai|lauantai|sunnuntai|maanantaina|tiistaina|keskiviikkona|torstaina|perjantaina|lauantaina|sunnuntaina|ma|ti|ke|to|pe|la|su",
        units: "sekunti|sekuntia|sek|s; minuutti|minuuttia|min|30:puoli tuntia; tunti|tuntia|t|h; päivä|päivää|pv|pvä|vrk|d; viikko|viikkoa|vk; kuukausi|kuukautta|kk; vuosi|vuotta|v",
        ago: "; sitten",
        days: "tänään; eilen; toissapäivänä; juuri nyt|juuri äsken|hetki sitten|muutama sekunti sitten",
        halves: "ap; ip; ",
        clock: "klo|kello; ; ; ",
        numbers: "yksi|yhden; kaksi|kahden; kolme; neljä; viisi; kuusi; seitsemän; kahdeksan; yhdeksän; kymmenen",
        links: "klo|ja|noin|yli",
        ..NONE
    },
    Language {
        code: "et",
        months: "jaanuar|jaanuaril|jaan; veebruar|veebruaril|veebr|veeb; märts|märtsil; aprill|aprillil|apr; mai|mail; juuni|juunil; juuli|juulil; august|augustil|aug; september|septembril|sept; oktoober|oktoobril|okt; november|novembril|nov; detsember|detsembril|dets",
        weekdays: "esmaspäev|teisipäev|kolmapäev|neljapäev|reede|laupäev|pühapäev|esmaspäeval|teisipäeval|kolmapäeval|neljapäeval|reedel|laupäeval|pühapäeval|e|t|k|n|r|l|p",
        units: "sekund|sekundit|sek; minut|minutit|min|30:pool tundi; tund|tundi|t|h; päev|päeva|p; nädal|nädalat; kuu|kuud; aasta|aastat",
        ago: "; tagasi|eest",
        days: "täna; eile; üleeile; just nüüd|hetk tagasi",
        clock: "kell|kl; ; ; ",
        marks: "a|aasta|aastal; ; ; ; ",
        numbers: "üks|ühe; kaks; kolm; neli; viis; kuus; seitse; kaheksa; üheksa; kümme",
        links: "kell|a|ja|umbes|aasta",
        ..NONE
    },
    Language {
        code: "lv",
        months: "janvāris|janvārī|janvāra|janv|jan; februāris|februārī|februāra|febr|feb; marts|martā|marta|mar; aprīlis|aprīlī|aprīļa|apr; maijs|maijā|maija; jūnijs|jūnijā|jūnija|jūn; jūlijs|jūlijā|jūlija|jūl; augusts|augustā|augusta|aug; septembris|septembrī|septembra|sept|sep; oktobris|oktobrī|oktobra|okt; novembris|novembrī|novembra|nov; decembris|decembrī|decembra|dec",
        weekdays: "pirmdiena|otrdiena|trešdiena|ceturtdiena|piektdiena|sestdiena|svētdiena|pirmdien|otrdien|trešdien|ceturtdien|piektdien|sestdien|svētdien",
        units: "sekunde|sekundes|sekundēm|sek; minūte|minūtes|minūtēm|min|30:pusstundas; stunda|stundas|stundām|st|h; diena|dienas|dienām|d; nedēļa|nedēļas|nedēļām; mēnesis|mēneša|mēnešiem; gads|gada|gadiem",
        ago: "pirms; atpakaļ",
        days: "šodien; vakar; aizvakar; pirms brīža",
        clock: "plkst|pulksten|pl; ; ; ",
        marks: "gada|gads|g|gadā; ; ; ; ",
        numbers: "vienas|viens|viena; divām|divi|divas|diviem; trim|trīs; četrām|četri|četriem; piecām|pieci|pieciem; sešām|seši; septiņām; astoņām; deviņām; desmit",
        links: "gada|plkst|un|ap|no",
        ..NONE
    },
    Language {
        code: "lt",
        months: "sausis|sausio|saus; vasaris|vasario|vas; kovas|kovo|kov; balandis|balandžio|bal; gegužė|gegužės|geg; birželis|birželio|birž; liepa|liepos|liep; rugpjūtis|rugpjūčio|rugp; rugsėjis|rugsėjo|rugs; spalis|spalio|spal; lapkritis|lapkričio|lapkr|lapk; gruodis|gruodžio|gruod",
        weekdays: "pirmadienis|antradienis|trečiadienis|ketvirtadienis|penktadienis|šeštadienis|sekmadienis|pirmadienį|antradienį|trečiadienį|ketvirtadienį|penktadienį|šeštadienį|sekmadienį|pr|an|tr|kt|pn|št|sk",
        units: "sekundė|sekundę|sekundes|sekundžių|sek; minutė|minutę|minutes|minučių|min|30:pusvalandį; valanda|valandą|valandas|valandų|val|h; diena|dieną|dienas|dienų|d; savaitė|savaitę|savaites|savaičių|sav; mėnuo|mėnesį|mėnesius|mėnesių|mėn; metus|metų|metai|m",
        ago: "prieš; atgal",
        days: "šiandien; vakar; užvakar; ką tik|prieš akimirką",
        clock: "; val|h; min; ",
        marks: "m|metų|metai; mėn; d|diena|dieną; ; ; ",
        numbers: "vieną|vienas|viena; dvi|du; tris|trys; keturias|keturis; penkias|penkis; šešias|šešis; septynias; aštuonias; devynias; dešimt",
        links: "m|d|val|ir|apie|mėn",
        ..NONE
    },
    Language {
        code: "sq",
        months: "janar|jan; shkurt|shk|shkurtit; mars|mar|marsit; prill|pri|prillit; maj|majit; qershor|qer|qershorit; korrik|korr|kor|korrikut; gusht|gush|gus|gushtit; shtator|sht|shtatorit; tetor|tet|tetorit; nëntor|nën|nëntorit; dhjetor|dhj|dhjetorit",
        weekdays: "e hënë|e martë|e mërkurë|e enjte|e premte|e shtunë|e diel|hënë|martë|mërkurë|enjte|premte|shtunë|diel|hën|mar|mër|enj|pre|sht|die",
        units: "sekondë|sekonda|sekondash; minutë|minuta|minutash|min|30:gjysmë ore; orë|ora|orësh|h; ditë|ditësh; javë|javësh; muaj|muajsh; vit|vite|vjet|vjetësh",
        ago: "para|më parë se; më parë|më pare",
        days: "sot; dje; pardje; pak çaste më parë",
        halves: "pd|e paradites|paradite; md|e pasdites|mbasdite|pasdite; ",
        clock: "ora|në orën|në; ; ; ",
        numbers: "një; dy; tre|tri; katër; pesë; gjashtë; shtatë; tetë; nëntë; dhjetë",
        links: "më|në|e|i|të|ora|dhe|rreth",
        ..NONE
    },
    Language {
        code: "eu",
        months: "urtarrila|urtarrilaren|urtarrilak|urt; otsaila|otsailaren|otsailak|ots; martxoa|martxoaren|martxoak|mar; apirila|apirilaren|apirilak|api; maiatza|maiatzaren|maiatzak|mai; ekaina|ekainaren|ekainak|eka; uztaila|uztailaren|uztailak|uzt; abuztua|abuztuaren|abuztuak|abu; iraila|irailaren|irailak|ira; urria|urriaren|urriak|urr; azaroa|azaroaren|azaroak|aza; abendua|abenduaren|abenduak|abe",
        weekdays: "astelehena|asteartea|asteazkena|osteguna|ostirala|larunbata|igandea|al|ar|az|og|or|lr|ig",
        units: "segundo; minutu|min; ordu; egun; aste; hilabete|hil; urte",
        ago: "duela|orain dela; lehenago",
        days: "gaur; atzo; herenegun; oraintxe",
        clock: "; h|ak; ; ",
        marks: "ko|eko; ; a|an; ; ; ",
        numbers: "bat; bi; hiru; lau; bost; sei; zazpi; zortzi; bederatzi; hamar",
        links: "ko|eko|a|an|eta|k",
        ..NONE
    },
    Language {
        code: "ka",
        months: "იანვარი|იანვარს|იანვრის|იან; თებერვალი|თებერვალს|თებერვლის|თებ; მარტი|მარტს|მარტის|მარ; აპრილი|აპრილს|აპრილის|აპრ; მაისი|მაისს|მაისის|მაი; ივნისი|ივნისს|ივნისის|ივნ; ივლისი|ივლისს|ივლისის|ივლ; აგვისტო|აგვისტოს|აგვ; სექტემბერი|სექტემბერს|სექტემბრის|სექ|სექტ; ოქტომბერი|ოქტომბერს|ოქტომბრის|ოქტ; ნოემბერი|ნოემბერს|ნოემბრის|ნოე; დეკემბერი|დეკემბერს|დეკემბრის|დეკ",
        weekdays: "ორშაბათი|სამშაბათი|ოთხშაბათი|ხუთშაბათი|პარასკევი|შაბათი|კვირა|ორშ|სამ|ოთხ|ხუთ|პარ|შაბ|კვი",
        units: "წამის|წამი|წმ; წუთის|წუთი|წთ|30:ნახევარი საათის; საათის|საათი|სთ; დღის|დღე; კვირის|კვირა; თვის|თვე; წლის|წელი",
        ago: "; წინ|უკან",
        days: "დღეს; გუშინ; გუშინწინ; ახლახან|ახლა",
        clock: "; საათი|საათზე|სთ; წუთი; ",
        marks: "წლის|წელი|წ; ; ; ; ",
        numbers: "ერთი; ორი; სამი; ოთხი; ხუთი; ექვსი; შვიდი; რვა; ცხრა; ათი",
        links: "წლის|და|წ",
        ..NONE
    },
    Language {
        code: "hy",
        months: "հունվար|հունվարի|հնվ|հուն; փետրվար|փետրվարի|փտվ|փետ; մարտ|մարտի|մրտ|մար; ապրիլ|ապրիլի|ապր; մայիս|մայիսի|մյս|մայ; հունիս|հունիսի|հնս; հուլիս|հուլիսի|հլս|հուլ; օգոստոս|օգոստոսի|օգս|օգոս; սեպտեմբեր|սեպտեմբերի|սեպ|սեպտ; հոկտեմբեր|հոկտեմբերի|հոկ|հոկտ; նոյեմբեր|նոյեմբերի|նոյ; դեկտեմբեր|դեկտեմբերի|դեկ",
        weekdays: "երկուշաբթի|երեքշաբթի|չորեքշաբթի|հինգշաբթի|ուրբաթ|շաբաթ|կիրակի|երկ|երք|չրք|հնգ|ուր|շբթ|կիր",
        units: "վայրկյան; րոպե; ժամ; օր; շաբաթ; ամիս; տարի",
        ago: "; առաջ",
        days: "այսօր; երեկ; նախանցյալ օրը; հիմա|քիչ առաջ",
        clock: "ժամը; ; ; ",
        marks: "թ|թվականի|թվական; ; ; ; ",
        numbers: "մեկ|մի; երկու; երեք; չորս; հինգ; վեց; յոթ; ութ; ինը; տասը",
        links: "թ|ժամը|և|ին",
        ..NONE
    },
    Language {
        code: "mt",
        months: "jannar|jan; frar|fra; marzu|mar; april|apr; mejju|mej; ġunju|ġun; lulju|lul; awwissu|aww; settembru|set; ottubru|ott; novembru|nov; diċembru|diċ",
        weekdays: "it tnejn|it tlieta|l erbgħa|il ħamis|il ġimgħa|is sibt|il ħadd|tnejn|tlieta|erbgħa|ħamis|ġimgħa|sibt|ħadd",
        units: "sekonda|sekondi; minuta|minuti; siegħa|sigħat|2:sagħtejn; jum|ġurnata|jiem|2:jumejn; ġimgħa|ġimgħat; xahar|xhur; sena|snin",
        ago: "; ilu",
        days: "illum; ilbieraħ|lbieraħ; ; ",
        numbers: "waħda|wieħed; żewġ; tliet; erba; ħames; sitt; seba; tmien; disa; għaxar",
        links: "ta|il|fil|l|f",
        ..NONE
    },
    Language {
        code: "ga",
        months: "eanáir|ean|mí eanáir; feabhra|feabh; márta|márt|mí an mhárta; aibreán|aib|aibreáin; bealtaine|beal; meitheamh|meith|meithimh; iúil; lúnasa|lún; meán fómhair|mfómh; deireadh fómhair|dfómh; samhain|samh|samhna; nollaig|noll|nollag",
        weekdays: "dé luain|dé máirt|dé céadaoin|déardaoin|dé haoine|dé sathairn|dé domhnaigh|luan|máirt|céad|déar|aoine|sath|domh",
        units: "soicind; nóiméad|nóiméid; uair|uair an chloig|uaire an chloig|huaire an chloig; lá|laethanta; seachtain|seachtaine; mí|míonna; bliain|bliana",
        ago: "; ó shin",
        days: "inniu; inné; arú inné; ",
        links: "ar|an|de|d|na",
        ..NONE
    },
    Language {
        code: "gd",
        months: "faoilleach|am faoilleach|dhen fhaoilleach; gearran|an gearran|dhen ghearran; màrt|am màrt|dhen mhàrt; giblean|an giblean|dhen ghiblean; cèitean|an cèitean|dhen chèitean; ògmhios|an t ògmhios|dhen ògmhios; iuchar|an t iuchar|dhen iuchar; lùnastal|an lùnastal|dhen lùnastal; sultain|an t sultain|dhen t sultain; dàmhair|an dàmhair|dhen dàmhair; samhain|an t samhain|dhen t samhain; dùbhlachd|an dùbhlachd|dhen dùbhlachd",
        weekdays: "diluain|dimàirt|diciadain|diardaoin|dihaoine|disathairne|didòmhnaich",
        links: "an|am|dhen",
        ..NONE
    },
    Language {
        code: "cy",
        months: "ionawr|ion; chwefror|chwef; mawrth|maw; ebrill|ebr; mai; mehefin|meh; gorffennaf|gorff; awst; medi; hydref|hyd; tachwedd|tach; rhagfyr|rhag",
        weekdays: "dydd llun|dydd mawrth|dydd mercher|dydd iau|dydd gwener|dydd sadwrn|dydd sul",
        units: "eiliad|eiliadau; munud|funud|munudau|funudau; awr|oriau; diwrnod|dydd|dyddiau|ddiwrnod; wythnos|wythnosau; mis|misoedd; blwyddyn|flwyddyn|blynedd|flynedd",
        ago: "; yn ôl",
        days: "heddiw; ddoe; echdoe; newydd",
        numbers: "un; dau|dwy|ddwy|ddau; tri|tair|dair; pedwar|pedair; pump|pum; chwech|chwe; saith; wyth; naw; deg",
        links: "am|y|o|a",
        ..NONE
    },
    Language {
        code: "br",
        months: "genver; c'hwevrer; meurzh; ebrel; mae; mezheven; gouere; eost; gwengolo; here; du; kerzu",
        weekdays: "lun|meurzh|merc'her|yaou|gwener|sadorn|sul|dilun|dimeurzh|dimerc'her|diriaou|digwener|disadorn|disul",
        links: "a viz|d'ar|ar|a|viz",
        ..NONE
    },
    Language {
        code: "eo",
        months: "januaro|jan; februaro|feb; marto|mar; aprilo|apr; majo|maj; junio|jun; julio|jul; aŭgusto|aŭg; septembro|sep; oktobro|okt; novembro|nov; decembro|dec",
        weekdays: "lundo|mardo|merkredo|ĵaŭdo|vendredo|sabato|dimanĉo",
        units: "sekundo|sekundoj; minuto|minutoj; horo|horoj; tago|tagoj; semajno|semajnoj; monato|monatoj; jaro|jaroj",
        ago: "antaŭ; ",
        days: "hodiaŭ; hieraŭ; antaŭhieraŭ; ",
        links: "de|la|a|an|je",
        ..NONE
    },
];
