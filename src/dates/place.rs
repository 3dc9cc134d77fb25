//! The country of a page's address, else its language → the clock that its readers live by.
//!
//! A date without a zone is nearly always the site's own clock. Where the configuration names no zone, a country or a
//! language that lives by one clock is a better guess than UTC.

use chrono_tz::Tz;
use url::Url;

/// Endings of addresses and the clock of their country, where it has one, or one for nearly all of its people.
const COUNTRIES: &[(&str, Tz)] = &[
    ("ae", Tz::Asia__Dubai),
    ("al", Tz::Europe__Tirane),
    ("ar", Tz::America__Argentina__Buenos_Aires),
    ("at", Tz::Europe__Vienna),
    ("au", Tz::Australia__Sydney),
    ("az", Tz::Asia__Baku),
    ("ba", Tz::Europe__Sarajevo),
    ("bd", Tz::Asia__Dhaka),
    ("be", Tz::Europe__Brussels),
    ("bg", Tz::Europe__Sofia),
    ("bh", Tz::Asia__Bahrain),
    ("br", Tz::America__Sao_Paulo),
    ("by", Tz::Europe__Minsk),
    ("ch", Tz::Europe__Zurich),
    ("cl", Tz::America__Santiago),
    ("cn", Tz::Asia__Shanghai),
    ("cy", Tz::Asia__Nicosia),
    ("cz", Tz::Europe__Prague),
    ("de", Tz::Europe__Berlin),
    ("dk", Tz::Europe__Copenhagen),
    ("dz", Tz::Africa__Algiers),
    ("ec", Tz::America__Guayaquil),
    ("ee", Tz::Europe__Tallinn),
    ("eg", Tz::Africa__Cairo),
    ("es", Tz::Europe__Madrid),
    ("fi", Tz::Europe__Helsinki),
    ("fr", Tz::Europe__Paris),
    ("ge", Tz::Asia__Tbilisi),
    ("gh", Tz::Africa__Accra),
    ("gr", Tz::Europe__Athens),
    ("hk", Tz::Asia__Hong_Kong),
    ("hr", Tz::Europe__Zagreb),
    ("hu", Tz::Europe__Budapest),
    ("id", Tz::Asia__Jakarta),
    ("ie", Tz::Europe__Dublin),
    ("il", Tz::Asia__Jerusalem),
    ("in", Tz::Asia__Kolkata),
    ("iq", Tz::Asia__Baghdad),
    ("ir", Tz::Asia__Tehran),
    ("it", Tz::Europe__Rome),
    ("jo", Tz::Asia__Amman),
    ("jp", Tz::Asia__Tokyo),
    ("ke", Tz::Africa__Nairobi),
    ("kr", Tz::Asia__Seoul),
    ("kw", Tz::Asia__Kuwait),
    ("lb", Tz::Asia__Beirut),
    ("lk", Tz::Asia__Colombo),
    ("lt", Tz::Europe__Vilnius),
    ("lu", Tz::Europe__Luxembourg),
    ("lv", Tz::Europe__Riga),
    ("ma", Tz::Africa__Casablanca),
    ("md", Tz::Europe__Chisinau),
    ("mk", Tz::Europe__Skopje),
    ("mt", Tz::Europe__Malta),
    ("mx", Tz::America__Mexico_City),
    ("my", Tz::Asia__Kuala_Lumpur),
    ("ng", Tz::Africa__Lagos),
    ("nl", Tz::Europe__Amsterdam),
    ("no", Tz::Europe__Oslo),
    ("np", Tz::Asia__Kathmandu),
    ("nz", Tz::Pacific__Auckland),
    ("om", Tz::Asia__Muscat),
    ("pe", Tz::America__Lima),
    ("ph", Tz::Asia__Manila),
    ("pk", Tz::Asia__Karachi),
    ("pl", Tz::Europe__Warsaw),
    ("ps", Tz::Asia__Gaza),
    ("pt", Tz::Europe__Lisbon),
    ("qa", Tz::Asia__Qatar),
    ("ro", Tz::Europe__Bucharest),
    ("rs", Tz::Europe__Belgrade),
    ("ru", Tz::Europe__Moscow),
    ("sa", Tz::Asia__Riyadh),
    ("sd", Tz::Africa__Khartoum),
    ("se", Tz::Europe__Stockholm),
    ("sg", Tz::Asia__Singapore),
    ("si", Tz::Europe__Ljubljana),
    ("sk", Tz::Europe__Bratislava),
    ("sy", Tz::Asia__Damascus),
    ("th", Tz::Asia__Bangkok),
    ("tn", Tz::Africa__Tunis),
    ("tr", Tz::Europe__Istanbul),
    ("tw", Tz::Asia__Taipei),
    ("ua", Tz::Europe__Kyiv),
    ("uk", Tz::Europe__London),
    ("uy", Tz::America__Montevideo),
    ("ve", Tz::America__Caracas),
    ("vn", Tz::Asia__Ho_Chi_Minh),
    ("ye", Tz::Asia__Aden),
    ("za", Tz::Africa__Johannesburg),
];

/// Languages whose readers nearly all live by one clock.
const LANGUAGES: &[(&str, Tz)] = &[
    ("bg", Tz::Europe__Sofia),
    ("cs", Tz::Europe__Prague),
    ("da", Tz::Europe__Copenhagen),
    ("de", Tz::Europe__Berlin),
    ("el", Tz::Europe__Athens),
    ("fi", Tz::Europe__Helsinki),
    ("he", Tz::Asia__Jerusalem),
    ("hi", Tz::Asia__Kolkata),
    ("hu", Tz::Europe__Budapest),
    ("it", Tz::Europe__Rome),
    ("ja", Tz::Asia__Tokyo),
    ("ko", Tz::Asia__Seoul),
    ("nb", Tz::Europe__Oslo),
    ("no", Tz::Europe__Oslo),
    ("pl", Tz::Europe__Warsaw),
    ("ro", Tz::Europe__Bucharest),
    ("sv", Tz::Europe__Stockholm),
    ("th", Tz::Asia__Bangkok),
    ("tr", Tz::Europe__Istanbul),
    ("uk", Tz::Europe__Kyiv),
    ("vi", Tz::Asia__Ho_Chi_Minh),
    ("zh", Tz::Asia__Shanghai),
];

/// The clock of the page at `url` whose language is said to be `language`; UTC where neither tells one.
pub fn site_clock(url: &Url, language: Option<&str>) -> Tz {
    let host = url.host_str().unwrap_or_default();
    let ending = host.trim_end_matches('.').rsplit('.').next();
    let primary = language.map(|tag| tag.split(['-', '_']).next().unwrap_or(tag));
    let of = |table: &[(&str, Tz)], name: Option<&str>| {
        let name = name?.to_ascii_lowercase();
        let (_, zone) = table.iter().find(|(known, _)| *known == name)?;
        Some(*zone)
    };
    of(COUNTRIES, ending)
        .or_else(|| of(LANGUAGES, primary))
        .unwrap_or(Tz::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_lives_by_the_clock_of_its_country_or_language() {
        for (url, language, zone) in [
            ("https://news.example.co.jp/1", None, Tz::Asia__Tokyo),
            ("https://a.example.de/1", Some("en"), Tz::Europe__Berlin),
            ("https://a.example/1", Some("ko-KR"), Tz::Asia__Seoul),
            ("https://a.example/1", Some("en"), Tz::UTC),
            ("https://a.example/1", None, Tz::UTC),
            ("https://192.0.2.1/1", Some("JA"), Tz::Asia__Tokyo),
        ] {
            let found = site_clock(&Url::parse(url).unwrap(), language);
            assert_eq!(found, zone, "{url} {language:?}");
        }
    }
}
