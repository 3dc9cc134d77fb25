//! The languages that grew from Latin.

use super::{Language, NONE};

pub(super) const TABLES: &[Language] = &[
    Language {
        code: "fr",
        months: "janvier|janv|jan; février|févr|fév|fev; mars|mar; avril|avr; mai; juin|jun; juillet|juil|jul; août|aoû|aout; septembre|sept|sep; octobre|oct; novembre|nov; décembre|déc|dec",
        weekdays: "lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|lun|mar|mer|jeu|ven|sam|dim",
        units: "seconde|secondes|sec|s; minute|minutes|min|mn|30:demi heure|30:une demi heure; heure|heures|h; jour|jours|j; semaine|semaines|sem; mois; an|ans|année|années",
        ago: "il y a|ya; ",
        days: "aujourd'hui|ce jour; hier; avant hier; à l'instant|maintenant|il y a quelques instants|il y a un instant|il y a quelques secondes",
        halves: "du matin; de l'après midi|du soir; ",
        clock: "à; h|heures|heure|hrs; min|mn; ",
        numbers: "un|une; deux; trois; quatre; cinq; six; sept; huit; neuf; dix; onze; douze",
        eras: "apr j c",
        links: "le|à|a|de|du|au|er|et|environ|plus de|vers|près de|locales|heure locale|heure de paris",
        ..NONE
    },
    Language {
        code: "es",
        months: "enero|ene; febrero|feb|febr; marzo|mar|mzo; abril|abr; mayo|may; junio|jun; julio|jul; agosto|ago|agto; septiembre|setiembre|sept|sep|set; octubre|oct; noviembre|nov; diciembre|dic",
        weekdays: "lunes|martes|miércoles|jueves|viernes|sábado|domingo|lun|mar|mié|mier|jue|vie|sáb|dom",
        units: "segundo|segundos|seg|s; minuto|minutos|min|mins|m|30:media hora; hora|horas|h|hs; día|días|d; semana|semanas|sem; mes|meses; año|años",
        ago: "hace; atrás",
        days: "hoy; ayer; anteayer|antier|antes de ayer; ahora mismo|hace un momento|hace instantes|hace unos segundos|hace un instante|hace unos minutos",
        halves: "am|a.m|de la mañana|de la madrugada; pm|p.m|de la tarde|de la noche; del mediodía",
        clock: "a las|a la|las; h|hs|hrs|horas|hora|hora local; min; ",
        numbers: "un|una|uno; dos; tres; cuatro; cinco; seis; siete; ocho; nueve; diez; once; doce",
        eras: "d c",
        links: "de|del|a|las|la|el|los|y|casi|más de|cerca de|en|hora|horas|hrs|cest|local",
        ..NONE
    },
    Language {
        code: "pt",
        months: "janeiro|jan; fevereiro|fev; março|mar; abril|abr; maio|mai; junho|jun; julho|jul; agosto|ago; setembro|set; outubro|out; novembro|nov; dezembro|dez",
        weekdays: "segunda feira|terça feira|quarta feira|quinta feira|sexta feira|segunda|terça|quarta|quinta|sexta|sábado|domingo|seg|ter|qua|qui|sex|sáb|dom|feira",
        units: "segundo|segundos|seg|s; minuto|minutos|min|mins|m|30:meia hora; hora|horas|h|hr|hrs; dia|dias|d; semana|semanas|sem; mês|meses; ano|anos",
        ago: "há|faz|ha; atrás",
        days: "hoje; ontem; anteontem; agora mesmo|neste momento|há instantes|há pouco|há poucos segundos|há alguns segundos",
        halves: "am|da manhã|da madrugada; pm|da tarde|da noite; do meio dia",
        clock: "às|as|à|pelas; h|horas|hora|hs|hrs; min|m; ",
        numbers: "um|uma; dois|duas; três; quatro; cinco; seis; sete; oito; nove; dez; onze; doze",
        links: "de|do|da|em|no|na|às|as|os|o|e|cerca de|mais de|quase|horário de brasília|hora de brasília",
        ..NONE
    },
    Language {
        code: "it",
        months: "gennaio|gen|genn; febbraio|feb|febbr; marzo|mar; aprile|apr; maggio|mag|magg; giugno|giu; luglio|lug; agosto|ago; settembre|set|sett; ottobre|ott; novembre|nov; dicembre|dic",
        weekdays: "lunedì|martedì|mercoledì|giovedì|venerdì|sabato|domenica|lun|mar|mer|gio|ven|sab|dom",
        units: "secondo|secondi|sec|s; minuto|minuti|min|m|30:mezz'ora|30:mezzora; ora|ore|h|1:un'ora|1:un' ora; giorno|giorni|g|gg; settimana|settimane; mese|mesi; anno|anni",
        ago: "; fa|or sono",
        days: "oggi; ieri; l'altro ieri|altro ieri|ieri l'altro|avantieri; adesso|proprio ora|poco fa|pochi secondi fa|un attimo fa|pochi istanti fa",
        halves: "di mattina|del mattino; del pomeriggio|di sera|della sera; ",
        clock: "ore|alle|alle ore|dalle|h|ora; h; ; ",
        numbers: "un|una|uno; due; tre; quattro; cinque; sei; sette; otto; nove; dieci; undici; dodici",
        links: "il|di|del|alle|lo|la|l|e|circa|oltre|più di|quasi|le",
        ..NONE
    },
    Language {
        code: "ca",
        months: "gener|gen; febrer|feb|febr; març|mar; abril|abr; maig|mai; juny|jun; juliol|jul; agost|ag|ago; setembre|set|setem; octubre|oct; novembre|nov; desembre|des",
        weekdays: "dilluns|dimarts|dimecres|dijous|divendres|dissabte|diumenge|dl|dt|dc|dj|dv|ds|dg",
        units: "segon|segons|s; minut|minuts|min|30:mitja hora; hora|hores|h; dia|dies|d; setmana|setmanes; mes|mesos; any|anys",
        ago: "fa; enrere",
        days: "avui; ahir; abans d'ahir|abans ahir|despús ahir; ara mateix|fa un moment|fa uns segons",
        halves: "am|del matí; pm|de la tarda|del vespre; ",
        clock: "a les|a la; h|hores; ; ",
        numbers: "un|una; dos|dues; tres; quatre; cinc; sis; set; vuit; nou; deu; onze; dotze",
        links: "de|d|del|a|les|el|la|i|l|h",
        ..NONE
    },
    Language {
        code: "gl",
        months: "xaneiro|xan; febreiro|feb; marzo|mar; abril|abr; maio|mai; xuño|xuñ; xullo|xul; agosto|ago; setembro|set|sep; outubro|out; novembro|nov; decembro|dec",
        weekdays: "luns|martes|mércores|xoves|venres|sábado|domingo|lun|mar|mér|xov|ven|sáb|dom",
        units: "segundo|segundos; minuto|minutos|min; hora|horas|h; día|días|d; semana|semanas; mes|meses; ano|anos",
        ago: "hai; atrás",
        days: "hoxe; onte; antonte; agora mesmo",
        clock: "ás|á; h|horas; ; ",
        numbers: "un|unha; dous|dúas; tres; catro; cinco; seis; sete; oito; nove; dez; once; doce",
        links: "de|do|a|o|ás|as|e",
        ..NONE
    },
    Language {
        code: "oc",
        months: "genièr|gen; febrièr|feb; març; abril|abr; mai; junh; julhet; agost|ago; setembre|set; octòbre|oct; novembre|nov; decembre|dec",
        weekdays: "diluns|dimars|dimècres|dijòus|divendres|dissabte|dimenge",
        units: "segonda|segondas; minuta|minutas; ora|oras|h; jorn|jorns; setmana|setmanas; mes|meses; an|ans",
        ago: "fa; ",
        days: "uèi; ièr; ; ",
        links: "de|d|lo|a|del",
        ..NONE
    },
    Language {
        code: "ro",
        months: "ianuarie|ian; februarie|feb|febr; martie|mar|mart; aprilie|apr; mai; iunie|iun; iulie|iul; august|aug; septembrie|sept|sep; octombrie|oct; noiembrie|noi|nov; decembrie|dec",
        weekdays: "luni|marți|marţi|miercuri|joi|vineri|sâmbătă|duminică|lun|mar|mie|joi|vin|sâm|sam|dum",
        units: "secundă|secunde|sec|s; minut|minute|min|m|30:jumătate de oră|30:o jumătate de oră; oră|ore|h; zi|zile|z; săptămână|săptămâni|săpt; lună|luni; an|ani",
        ago: "acum|în urmă cu|cu; în urmă",
        days: "azi|astăzi; ieri; alaltăieri; chiar acum|adineauri|acum câteva secunde|acum câteva clipe",
        halves: "dimineața|am; seara|pm|după amiaza; ",
        clock: "ora|orele|la ora|la; h; ; ",
        numbers: "un|o|una|unu; două|doi; trei; patru; cinci; șase; șapte; opt; nouă; zece; unsprezece; doisprezece",
        links: "la|de|din|ora|orele|și|circa|peste|aproximativ",
        ..NONE
    },
];
