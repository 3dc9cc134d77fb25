//! What pages print beside numbers that count something other than days, in any language.

/// Stands before the number of a version, whose parts are set apart by points alone.
///
/// What is also said of a newspaper of some day ("Edition", "Ausgabe", "Update") is left out.
pub(in crate::dates) const VERSIONS: &str = "version|versions|ver|v|release|rel|build|firmware|revision|rev|patch|hotfix|kernel|beta|alpha|rc|api|sdk|\
versión|versão|versione|versió|versiune|versiunea|versie|weergawe|versjon|versio|versioon|versija|verzija|verze|verzia|verzió|wersja|wersji|bertsio|bertsioa|versioni|fersiwn|leagan|útgáfa|\
версия|версии|версія|версії|версија|верзија|верзије|релиз|сборка|прошивка|нұсқа|хувилбар|έκδοση|έκδοσης|ვერსია|տարբերակ|sürüm|sürümü|versiya|versiyası|\
إصدار|الإصدار|اصدار|الاصدار|نسخة|النسخة|نسخه|ورژن|גרסה|גרסא|संस्करण|वर्जन|সংস্করণ|ভার্সন|వెర్షన్|ಆವೃತ್ತಿ|പതിപ്പ്|આવૃત્તિ|ਸੰਸਕਰਣ|\
เวอร์ชัน|เวอร์ชั่น|phiên bản|versi|bersyon|toleo|版本|固件|バージョン|ファームウェア|버전|펌웨어";

/// Stands before a number by which something is found, dialled or measured, whatever sets its parts apart.
///
/// What also stands before a day ("Episode", "Issue", "Folge") is left out.
pub(in crate::dates) const REFERENCES: &str = "chapter|chap|section|sect|paragraph|subsection|clause|art|appendix|annex|figure|fig|table|equation|exercise|page|pages|pp|vol|volume|no|nos|nr|number|case no|docket|ref|reference|score|result|ratio|isbn|issn|iso|ip|ipv4|phone|telephone|tel|fax|whatsapp|\
kapitel|kap|abschnitt|absatz|abs|anhang|abbildung|abb|tabelle|seite|seiten|band|bd|nummer|aktenzeichen|drucksache|ergebnis|verhältnis|telefon|handy|\
chapitre|paragraphe|annexe|tableau|tome|numéro|référence|téléphone|tél|résultat|capítulo|capitolo|capitol|cap|sección|seção|sezione|secțiunea|párrafo|parágrafo|paragrafo|anexo|allegato|anexa|figura|tabla|tabela|tabella|página|pagina|núm|número|numero|numărul|teléfono|telefone|telefono|resultado|risultato|marcador|placar|\
hoofdstuk|paragraaf|bijlage|figuur|tabel|pagina's|telefoon|uitslag|avsnitt|paragraf|bilaga|vedlegg|bilag|tabell|sida|side|nro|luku|kappale|liite|kuva|taulukko|sivu|puhelin|puh|tulos|\
rozdział|ustęp|załącznik|rysunek|rys|tablica|strona|str|numer|wynik|kapitola|oddíl|odstavec|příloha|obrázek|tabulka|číslo|č|výsledek|fejezet|szakasz|bekezdés|melléklet|ábra|táblázat|oldal|szám|eredmény|poglavlje|poglavje|član|odsek|stran|broj|številka|rezultat|\
глава|раздел|параграф|пункт|член|приложение|рисунок|рис|таблица|страница|номер|счёт|счет|рахунок|резултат|телефон|тел|розділ|додаток|поглавље|κεφάλαιο|ενότητα|παράγραφος|σχήμα|πίνακας|σελίδα|αριθμός|τηλέφωνο|τηλ|σκορ|bölüm|madde|fıkra|sayfa|tablo|şekil|numara|skor|sonuç|\
الفصل|فصل|القسم|الفقرة|فقرة|المادة|مادة|الجدول|الشكل|صفحة|رقم|الرقم|هاتف|الهاتف|نتيجة|النتيجة|بند|ماده|شماره|تلفن|פרק|סעיף|עמוד|מספר|טלפון|תוצאה|अध्याय|धारा|अनुच्छेद|पृष्ठ|संख्या|फोन|অধ্যায়|ধারা|অনুচ্ছেদ|নম্বর|บทที่|มาตรา|โทร|chương|mục|khoản|điều|trang|số|điện thoại|bab|pasal|ayat|bagian|halaman|nomor|telepon|skor|\
编号|編號|电话|電話|比分|章节|章節|電話番号|番号|スコア|전화|번호|스코어";

/// Stands behind the number of a version: how finished it is.
pub(in crate::dates) const STAGES: &str = "alpha|beta|rc|lts|stable|nightly|snapshot|dev|preview|patch|hotfix|build|final release|бета|альфа|بيتا|ベータ|베타|测试版";
