//! Web addresses: which parameters only follow people around, and when two addresses are one page.

use url::Url;

/// Parameters that name a campaign or a click, never a page. Prefixes end in `*`.
const TRACKING: &[&str] = &[
    "utm_*",
    "fbclid",
    "gclid",
    "gclsrc",
    "dclid",
    "gbraid",
    "wbraid",
    "msclkid",
    "yclid",
    "twclid",
    "ttclid",
    "igshid",
    "mc_cid",
    "mc_eid",
    "mkt_tok",
    "_hsenc",
    "_hsmi",
    "hsctatracking",
    "vero_id",
    "oly_anon_id",
    "oly_enc_id",
    "wickedid",
    "at_medium",
    "at_campaign",
    "at_custom*",
    "at_link*",
    "at_format",
    "at_ptr_name",
    "at_bbc_team",
    "ns_campaign",
    "ns_mchannel",
    "ns_source",
    "ns_linkname",
    "ns_fee",
    "xtor",
    "ocid",
    "cmpid",
    "icid",
    "ito",
    "ftag",
    "guce_referrer*",
    "guccounter",
    "srsltid",
    "smid",
    "smtyp",
    "sr_share",
    "pk_campaign",
    "pk_kwd",
    "mtm_*",
    "piwik_*",
    "_ga",
    "_gl",
    "ref_src",
    "ref_url",
    "spm",
    "wt_mc",
    "wt.mc_id",
    "sc_cid",
    "traffic_source",
    "amp_js_v",
    "usqp",
    "__twitter_impression",
];

/// `url` without its fragment and without tracking parameters; all else as the site spells it.
pub fn without_tracking(url: &Url) -> Url {
    let mut clean = url.clone();
    clean.set_fragment(None);
    let Some(query) = url.query() else {
        return clean;
    };
    let kept: Vec<&str> = query
        .split('&')
        .filter(|pair| !pair.is_empty() && !is_tracking(pair))
        .collect();
    clean.set_query((!kept.is_empty()).then(|| kept.join("&")).as_deref());
    clean
}

fn is_tracking(pair: &str) -> bool {
    let name = pair
        .split('=')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    TRACKING.iter().any(|known| match known.strip_suffix('*') {
        Some(prefix) => name.starts_with(prefix),
        None => name == *known,
    })
}

/// A key that is equal for two spellings of one page's address: scheme, `www.`, tracking parameters, fragment, a closing slash
/// and percent-encoding of letters do not count; the order of parameters does not either.
pub fn page_key(url: &Url) -> String {
    let clean = without_tracking(url);
    let host = clean.host_str().unwrap_or_default();
    let host = host.strip_prefix("www.").unwrap_or(host);
    let port = clean
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    let path = percent_encoding::percent_decode_str(clean.path())
        .decode_utf8_lossy()
        .into_owned();
    let path = if path.len() > 1 {
        path.trim_end_matches('/')
    } else {
        &path
    };
    let mut pairs: Vec<&str> = clean
        .query()
        .map(|query| query.split('&').collect())
        .unwrap_or_default();
    pairs.sort_unstable();
    let query = if pairs.is_empty() {
        String::new()
    } else {
        format!("?{}", pairs.join("&"))
    };
    format!("{host}{port}{path}{query}")
}

/// `reference` resolved against `base`, if that is an address on the web (`http`, `https`).
pub fn resolve(base: &Url, reference: &str) -> Option<Url> {
    let reference = reference.trim();
    if reference.is_empty() {
        return None;
    }
    base.join(reference)
        .ok()
        .filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn tracking_goes_and_the_rest_stays() {
        for (with, without) in [
            (
                "https://a.example/x?utm_source=rss&id=7#top",
                "https://a.example/x?id=7",
            ),
            ("https://a.example/x?fbclid=1", "https://a.example/x"),
            ("https://a.example/x?b=2&a=1", "https://a.example/x?b=2&a=1"),
            (
                "https://a.example/x?refugees=1",
                "https://a.example/x?refugees=1",
            ),
        ] {
            assert_eq!(without_tracking(&url(with)).as_str(), without);
        }
    }

    #[test]
    fn spellings_of_one_page_have_one_key() {
        for (one, other, same) in [
            ("http://www.a.example/x/", "https://a.example/x", true),
            ("https://a.example/%D8%BA", "https://a.example/غ", true),
            (
                "https://a.example/x?b=2&a=1",
                "https://a.example/x?a=1&b=2&utm_id=3",
                true,
            ),
            ("https://a.example/", "https://a.example", true),
            ("https://a.example/x", "https://a.example/X", false),
            ("https://a.example:8080/x", "https://a.example/x", false),
        ] {
            assert_eq!(
                page_key(&url(one)) == page_key(&url(other)),
                same,
                "{one} {other}"
            );
        }
    }
}
