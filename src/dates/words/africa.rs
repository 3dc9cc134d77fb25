//! The languages of Africa in Latin letters, Malagasy and Haitian.

use super::{Language, NONE};

pub(super) const TABLES: &[Language] = &[
    Language {
        code: "sw",
        months: "januari|jan; februari|feb; machi|mac; aprili|apr; mei; juni|jun; julai|jul; agosti|ago; septemba|sep|sept; oktoba|okt; novemba|nov; desemba|des",
        weekdays: "jumatatu|jumanne|jumatano|alhamisi|ijumaa|jumamosi|jumapili|j3|j4|j5",
        units: "sekunde; dakika; saa; siku; wiki|majuma; mwezi|miezi; mwaka|miaka",
        ago: "; zilizopita|iliyopita|lililopita|uliopita|yaliyopita|mapema",
        days: "leo; jana; juzi; sasa hivi|hivi punde",
        halves: "asubuhi; jioni|mchana|usiku; ",
        clock: "saa; ; ; ",
        numbers: "moja|mmoja; mbili|miwili; tatu|mitatu; nne; tano; sita; saba; nane; tisa; kumi",
        links: "tarehe|mwaka|mwezi|na|ya|wa",
        ..NONE
    },
    Language {
        code: "so",
        months: "janaayo|jannaayo|jan|bisha koobaad; febraayo|feb|bisha labaad; maarso|mar|bisha saddexaad; abriil|abr|bisha afraad; maajo|may|bisha shanaad; juun|bisha lixaad|jun; luuliyo|luulyo|lul|bisha todobaad; ogost|agoosto|ogo|bisha sideedaad; sebtembar|seb|bisha sagaalaad|sebteembar; oktoobar|okt|bisha tobnaad; nofembar|nof|bisha kow iyo tobnaad|nofeembar; desembar|dis|diseembar|bisha laba iyo tobnaad",
        weekdays: "isniin|talaado|salaasa|arbaco|khamiis|jimce|sabti|axad|isn|tal|arb|kha|jim|sab",
        units: "ilbiriqsi; daqiiqo|daqiiqadood; saac|saacadood|saacado; maalin|maalmood|maalmo; toddobaad|todobaad; bil|bilood; sano|sanadood",
        ago: "; kahor|ka hor",
        days: "maanta; shalay; dorraad; ",
        links: "iyo|ee",
        ..NONE
    },
    Language {
        code: "ha",
        months: "janairu|jan; fabrairu|fab; maris|mar; afrilu|afi|afr; mayu|may; yuni|yun; yuli|yul; agusta|agu; satumba|sat; oktoba|okt; nuwamba|nuw; disamba|dis",
        weekdays: "litinin|talata|laraba|alhamis|jumma'a|juma'a|asabar|lahadi",
        units: "sakan|daƙiƙa; minti|mintuna; awa|awanni|sa'o'i|sa'a; rana|kwana|kwanaki; mako|makonni|sati; wata|watanni; shekara|shekaru",
        ago: "; da suka wuce|da ya wuce|da suka gabata",
        days: "yau; jiya; shekaranjiya; ",
        links: "ga|na|da",
        ..NONE
    },
    Language {
        code: "yo",
        months: "ṣẹ́rẹ́|oṣù ṣẹ́rẹ́|sẹ́rẹ́; èrèlè|oṣù èrèlè; ẹrẹ̀nà|oṣù ẹrẹ̀nà; ìgbé|oṣù ìgbé; ẹ̀bibi|oṣù ẹ̀bibi; òkúdu|oṣù òkúdu; agẹmọ|oṣù agẹmọ; ògún|oṣù ògún; owewe|oṣù owewe; ọ̀wàrà|oṣù ọ̀wàrà; bélú|oṣù bélú; ọ̀pẹ̀|oṣù ọ̀pẹ̀",
        weekdays: "ajé|ọjọ́ ajé|ìṣẹ́gun|ọjọ́ru|ọjọ́bọ|ẹtì|ọjọ́ ẹtì|àbámẹ́ta|àìkú|ọjọ́ àìkú",
        links: "oṣù|ọjọ́|ọdún",
        ..NONE
    },
    Language {
        code: "ig",
        months: "jenụwarị|jen; febrụwarị|feb; maachị|maa; epreel|epr; mee; juun|juu; julaị|jul; ọgọọst|ọgọ; septemba|sep; ọktoba|ọkt; novemba|nov; disemba|dis",
        weekdays: "mọnde|tiuzdee|wenezdee|tọọzdee|fraịdee|satọdee|sọndee",
        ..NONE
    },
    Language {
        code: "zu",
        months: "januwari|jan; februwari|feb; mashi|mas; ephreli|eph; meyi|mey; juni|jun; julayi|jul; agasti|aga; septhemba|sep; okthoba|okt; novemba|nov; disemba|dis",
        weekdays: "msombuluko|lwesibili|lwesithathu|lwesine|lwesihlanu|mgqibelo|sonto",
        units: "isekhondi|amasekhondi; iminithi|amaminithi; ihora|amahora; usuku|izinsuku; iviki|amaviki; inyanga|izinyanga; unyaka|iminyaka",
        ago: "; edlule|eledlule|ezedlule",
        days: "namuhla; izolo; kuthangi; ",
        ..NONE
    },
    Language {
        code: "xh",
        months: "januwari|eyomqungu|jan; februwari|eyomdumba|feb; matshi|eyokwindla|mat; epreli|utshazimpuzi|epr; meyi|ucanzibe; juni|eyesilimela|jun; julayi|eyekhala|jul; agasti|eyethupha|aga; septemba|eyomsintsi|sep; okthobha|eyedwarha|okt; novemba|eyenkanga|nov; disemba|eyomnga|dis",
        weekdays: "mvulo|lwesibini|lwesithathu|lwesine|lwesihlanu|mgqibelo|cawe",
        ..NONE
    },
    Language {
        code: "rw",
        months: "mutarama|mut; gashyantare|gas; werurwe|wer; mata|mat; gicurasi|gic; kamena|kam; nyakanga|nya; kanama|kan; nzeri|nze; ukwakira|ukw; ugushyingo|ugu; ukuboza|uku",
        weekdays: "kuwa mbere|kuwa kabiri|kuwa gatatu|kuwa kane|kuwa gatanu|kuwa gatandatu|ku cyumweru",
        links: "ku|saa|tariki|ya",
        ..NONE
    },
    Language {
        code: "om",
        months: "amajjii; guraandhala|gurraandhala; bitooteessa|bitootessa; elba|ebla|eebila; caamsa|caamsaa; waxabajjii; adooleessa|adoolessa; hagayya; fuulbana|fulbaana; onkololeessa; sadaasa; muddee",
        weekdays: "wiixata|qibxata|roobii|kamiisa|kamisa|jimaata|sanbata|dilbata",
        ..NONE
    },
    Language {
        code: "mg",
        months: "janoary|jan; febroary|feb; martsa|mar; aprily|apr; mey; jona|jon; jolay|jol; aogositra|aog; septambra|sep; oktobra|okt; novambra|nov; desambra|des",
        weekdays: "alatsinainy|talata|alarobia|alakamisy|zoma|asabotsy|alahady",
        links: "faha|ny|sy",
        ..NONE
    },
    Language {
        code: "sn",
        months: "ndira; kukadzi; kurume; kubvumbi; chivabvu; chikumi; chikunguru; nyamavhuvhu; gunyana; gumiguru; mbudzi; zvita",
        weekdays: "muvhuro|chipiri|chitatu|china|chishanu|mugovera|svondo",
        ..NONE
    },
    Language {
        code: "ht",
        months: "janvye; fevriye; mas; avril; me; jen; jiyè; out|dawout; septanm; oktòb; novanm; desanm",
        weekdays: "lendi|madi|mèkredi|jedi|vandredi|samdi|dimanch",
        units: "segonn; minit; èdtan|è|zèd tan; jou; semèn; mwa; ane|lane",
        ago: "sa gen|gen; de sa",
        days: "jodi a|jodia; yè; avanyè; kounye a",
        links: "le|nan",
        ..NONE
    },
];
