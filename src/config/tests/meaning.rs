//! What the text of a right file means.

use std::time::Duration;

use chrono_tz::Tz;

use super::super::keys::TABLES;
use super::super::shape::{Default, Key, Shape, Table};
use super::*;

#[test]
fn a_section_needs_an_address_and_nothing_else() {
    let config = good(
        "[[site]]\nurl = \"https://www.a.example\"\n[[site.section]]\nurl = \"/news/politics\"\n",
    );
    let site = &config.sites[0];
    let section = &site.sections[0];
    assert_eq!(site.title, "a.example");
    assert_eq!(section.key.to_string(), "a-example/politics");
    assert_eq!(section.title, "Politics");
    assert_eq!(section.url.as_str(), "https://www.a.example/news/politics");
    assert_eq!(section.listing.kind, Kind::Auto);
    assert_eq!(
        site.politeness.user_agent,
        concat!("feedwright/", env!("CARGO_PKG_VERSION"), " (feed reader)")
    );
}

#[test]
fn a_default_that_is_written_out_changes_nothing() {
    for table in TABLES {
        for key in table.keys() {
            let Default::Value(value) = key.default else {
                continue;
            };
            let (without, with) = (placed(table, key, ""), placed(table, key, value));
            assert_eq!(shown(&with), shown(&without), "{with}");
        }
    }
}

#[test]
fn every_key_means_something() {
    for table in TABLES {
        for key in table.keys() {
            if matches!(key.shape, Shape::Many(_) | Shape::One(_)) && key.example.len() <= 2 {
                continue;
            }
            let (without, with) = (placed(table, key, ""), placed(table, key, key.example));
            match key.default {
                Default::Required => assert!(read(&without).is_err(), "{without}"),
                _ => assert_ne!(shown(&with), shown(&without), "{with}"),
            }
            good(&with);
        }
    }
}

fn shown(text: &str) -> String {
    format!("{:?}", good(text))
}

/// A file in which `key` stands in `table` with this value, or not at all where the value is empty.
fn placed(table: &Table, key: &Key, value: &str) -> String {
    let line = match value {
        "" => String::new(),
        value => format!("{} = {value}\n", key.name),
    };
    let other = |name: &str, line: &str| match name == key.name {
        true => String::new(),
        false => format!("{line}\n"),
    };
    match table.id {
        "server" | "store" | "access" | "websub" | "poll" => {
            around_section(&format!("[{}]\n{line}", table.id), "")
        }
        "site" => format!(
            "[[site]]\n{}{line}[[site.section]]\nurl = \"https://a.example/a\"",
            other("url", "url = \"https://a.example/\"")
        ),
        "section" => format!(
            "[[site]]\nurl = \"https://a.example/\"\n[[site.section]]\n{}{line}",
            other("url", "url = \"/a\"")
        ),
        "feed" => around_section(
            "",
            &format!("[[feed]]\n{}{line}", other("title", "title = \"Mine\"")),
        ),
        "listing" => around_section("", &format!("[site.section.listing]\n{line}")),
        "article" => around_section("", &format!("[site.section.article]\n{line}")),
        "embedded" => around_section("", &format!("[[site.section.article.embedded]]\n{line}")),
        "patterns" => around_section("", &format!("[site.section.exclude]\n{line}")),
        "json" => {
            let address = match key.name {
                "url_template" => "url = \"$.u\"\n",
                _ => "url_template = \"https://a.example/{id}\"\n",
            };
            let items = other("items", "items = \"$.i[*]\"");
            around_section(
                "",
                &format!("[site.section.listing.json]\n{items}{address}{line}"),
            )
        }
        other => panic!("no place is known for [{other}]"),
    }
}

#[test]
fn a_section_wins_over_its_site_and_a_site_over_poll() {
    let config = good(
        r#"
        [poll]
        interval = "1h"
        pause = "5s"
        show_items = 10
        contact = "feeds@example.org"
        timezone = "Europe/Paris"
        [[site]]
        url = "https://a.example/"
        interval = "30m"
        timezone = "Asia/Beirut"
        exclude.title = ["one"]
        exclude.url = ["two"]
        article.title = "h1"
        article.body = "div.story"
        [[site.section]]
        url = "/a"
        [[site.section]]
        url = "/b"
        interval = "1m"
        timezone = "Asia/Tokyo"
        exclude.title = ["three"]
        article.title = []
        [[site]]
        url = "https://b.example/"
        pause = "9s"
        [[site.section]]
        url = "/a"
        "#,
    );
    let [one, two] = &config.sites[..] else {
        panic!()
    };
    let [a, b] = &one.sections[..] else { panic!() };
    let seconds = Duration::from_secs;
    assert_eq!(
        [a.interval, b.interval, two.sections[0].interval],
        [seconds(1800), seconds(60), seconds(3600)]
    );
    assert_eq!(
        [one.politeness.pause, two.politeness.pause],
        [seconds(5), seconds(9)]
    );
    assert_eq!(
        [one.timezone, a.listing.timezone, b.article.timezone],
        [Tz::Asia__Beirut, Tz::Asia__Beirut, Tz::Asia__Tokyo].map(Some)
    );
    assert_eq!(two.timezone, Some(Tz::Europe__Paris));
    assert_eq!([a.show_items, b.show_items], [10, 10]);
    let patterns = |section: &Section| {
        let exclude = &section.entries.exclude;
        format!("{:?} {:?}", exclude.title, exclude.url)
    };
    assert_eq!(patterns(a), r#"[Regex("one")] [Regex("two")]"#);
    assert_eq!(patterns(b), r#"[Regex("three")] [Regex("two")]"#);
    assert_eq!([a.article.title.len(), b.article.title.len()], [1, 0]);
    assert_eq!([a.article.body.len(), b.article.body.len()], [1, 1]);
    assert!(
        one.politeness
            .user_agent
            .ends_with("(+feeds@example.org; feed reader)")
    );
}

#[test]
fn a_section_keeps_its_name_when_another_is_added_behind_it() {
    let config = good(
        r#"
        [[site]]
        url = "https://a.example/"
        [[site.section]]
        url = "/news/politics"
        [[site.section]]
        url = "/articles/politics"
        [[site.section]]
        url = "/articles/politics?page=2"
        [[site.section]]
        url = "https://b.example/articles/politics"
        [[site.section]]
        url = "/author"
        [[site.section]]
        url = "/"
        [[site.section]]
        url = "/somewhere"
        slug = "news-politics"
        "#,
    );
    let slugs: Vec<&str> = config.sites[0]
        .sections
        .iter()
        .map(|section| section.key.section.as_str())
        .collect();
    assert_eq!(
        slugs,
        [
            "politics",
            "articles-politics",
            "articles-politics-page-2",
            "b-example-articles-politics",
            "a-example-author",
            "home",
            "news-politics",
        ]
    );
}

#[test]
fn the_attribute_of_a_field_stands_behind_an_at_outside_brackets() {
    let config = good(&around_section(
        "",
        r#"article.title = ["h1", "time@datetime", "a[href*='@x']", "a[href*='@x']@Title", "a:not([b=\"@\"])@href"]"#,
    ));
    let attributes: Vec<Option<&str>> = config.sites[0].sections[0]
        .article
        .title
        .iter()
        .map(|field| field.attribute.as_deref())
        .collect();
    assert_eq!(
        attributes,
        [None, Some("datetime"), None, Some("title"), Some("href")]
    );
}

#[test]
fn lengths_of_time_may_be_put_together() {
    for (text, seconds) in [
        ("90s", 90),
        ("15m", 900),
        ("1h30m", 5400),
        ("2d", 172_800),
        ("1w", 604_800),
    ] {
        let config = good(&around_section(
            &format!("[poll]\ninterval = \"{text}\""),
            "",
        ));
        assert_eq!(
            config.sites[0].sections[0].interval,
            Duration::from_secs(seconds),
            "{text}"
        );
    }
}

#[test]
fn the_kind_follows_from_the_rules_unless_it_is_given() {
    for (rules, kind) in [
        ("", Kind::Auto),
        ("kind = \"lines\"", Kind::Lines),
        (
            "listing.json = { items = \"$[*]\", url = \"$.u\" }",
            Kind::Json,
        ),
        (
            "listing.json = { items = \"$[*]\", url = \"$.u\", script = \"#x\" }",
            Kind::Embedded,
        ),
        (
            "kind = \"html\"\nlisting.json = { items = \"$[*]\", url = \"$.u\" }",
            Kind::Html,
        ),
    ] {
        let config = good(&around_section("", rules));
        assert_eq!(config.sites[0].sections[0].listing.kind, kind, "{rules}");
    }
}

#[test]
fn what_readers_see_follows_from_where_we_listen_unless_it_is_given() {
    for (server, url) in [
        ("", "http://127.0.0.1:8080/"),
        ("listen = \"0.0.0.0:80\"", "http://localhost:80/"),
        ("listen = \"[::1]:9000\"", "http://[::1]:9000/"),
        (
            "listen = [\"unix:/run/a.sock\", \"127.0.0.1:81\", \"127.0.0.1:82\"]",
            "http://127.0.0.1:81/",
        ),
        (
            "listen = \"unix:/run/a.sock\"\npublic_url = \"https://a.example\"",
            "https://a.example/",
        ),
        ("public_url = \"https://a.example\"", "https://a.example/"),
        (
            "public_url = \"https://a.example/feeds//\"",
            "https://a.example/feeds",
        ),
    ] {
        let config = good(&around_section(&format!("[server]\n{server}"), ""));
        let expected = Url::parse(url).unwrap();
        assert_eq!(config.server.public_url, expected, "{server}");
    }
}

#[test]
fn addresses_and_unix_sockets_may_be_listened_on_together() {
    let listen = |value: &str| {
        let server = format!("[server]\nlisten = {value}\npublic_url = \"https://a.example\"\n");
        good(&around_section(&server, "")).server.listen
    };
    for (value, addresses) in [
        ("\"127.0.0.1:9000\"", &["127.0.0.1:9000"][..]),
        ("[\"[::]:80\"]", &["[::]:80"]),
        ("\"unix:/run/f/f.sock\"", &["unix:/run/f/f.sock"]),
        (
            "[\"127.0.0.1:80\", \"unix:here.sock\"]",
            &["127.0.0.1:80", "unix:here.sock"],
        ),
    ] {
        let found: Vec<String> = listen(value).iter().map(Listen::to_string).collect();
        assert_eq!(found, addresses, "{value}");
    }
}

#[test]
fn aliases_are_known_by_the_slug_of_what_is_printed() {
    let config = good(&around_section(
        "",
        "[site.tags]\n\"Türkiye \" = \" Turkey\"\n",
    ));
    let aliases: Vec<(&str, &str)> = config.sites[0].sections[0]
        .article
        .tag_aliases
        .iter()
        .map(|(slug, label)| (slug.as_str(), label.as_str()))
        .collect();
    assert_eq!(aliases, [("türkiye", "Turkey")]);
}

#[test]
fn no_secret_shows_in_a_configuration_that_is_printed() {
    let config = good(
        r#"
        [[site]]
        url = "https://a.example/"
        proxy = "http://reader:geheim@127.0.0.1:3128"
        headers = { Authorization = "geheim", X-Token = { env = "TOKEN" } }
        cookies = { session = "geheim" }
        [[site.section]]
        url = "/a"
        "#,
    );
    let shown = format!("{config:?}");
    assert!(
        !shown.contains("geheim") && !shown.contains("\"secret\""),
        "{shown}"
    );
    let politeness = &config.sites[0].politeness;
    assert_eq!(politeness.headers[1].1.to_str().unwrap(), "secret");
    assert_eq!(
        politeness.cookies,
        [("session".to_owned(), "geheim".to_owned())]
    );
    assert_eq!(
        politeness.proxy.as_ref().unwrap().password(),
        Some("geheim")
    );
}

#[test]
fn the_schema_refers_only_to_what_it_holds() {
    let schema = schema();
    let text = schema.to_string();
    let shared = schema["$defs"].as_object().unwrap();
    for part in text.split("#/$defs/").skip(1) {
        let name = part.split('"').next().unwrap();
        assert!(shared.contains_key(name), "{name}");
    }
    assert_eq!(schema["required"], serde_json::json!(["site"]));
    assert_eq!(
        schema["$defs"]["poll"]["properties"]["interval"]["default"],
        "15m"
    );
    assert!(!text.contains("\"default\":null") && !text.contains("[null]"));
}

#[test]
fn a_language_is_kept_in_its_usual_spelling() {
    for (written, kept) in [
        ("EN", "en"),
        ("pt-br", "pt-BR"),
        ("ZH-hant-tw", "zh-Hant-TW"),
        ("es-419", "es-419"),
    ] {
        let config = good(&around_section("", &format!("language = \"{written}\"")));
        let language = &config.sites[0].sections[0].article.language;
        assert_eq!(language.as_deref(), Some(kept));
    }
}

#[test]
fn the_hub_is_asked_as_sites_are_and_may_stand_anywhere() {
    assert!(good(&around_section("", "")).websub.is_none());
    assert!(good(&around_section("[websub]", "")).websub.is_none());
    let hub = "[websub]\nhub = \"http://127.0.0.1:9000/hub\"\n";
    let poll =
        "[poll]\ncontact = \"me@a.example\"\ntimeout = \"7s\"\nproxy = \"http://p.example:3128\"";
    let websub = good(&around_section(&format!("{hub}{poll}"), "")).websub;
    let websub = websub.unwrap();
    assert_eq!(websub.hub.as_str(), "http://127.0.0.1:9000/hub");
    let asked = websub.politeness;
    assert!(asked.private_network && asked.user_agent.contains("me@a.example"));
    assert_eq!(asked.timeout, Duration::from_secs(7));
    assert_eq!(asked.proxy.unwrap().host_str(), Some("p.example"));
    for value in [
        "ftp://hub.example/",
        "hub.example",
        "https://a:b@hub.example/",
    ] {
        let text = around_section(&format!("[websub]\nhub = \"{value}\""), "");
        assert!(read(&text).is_err(), "{value}");
    }
}
