//! The pages for people, and the lists of feeds.

use super::*;

#[tokio::test]
async fn the_index_lists_the_feeds_and_tells_how_sources_do() {
    let server = Server::start().await;
    let page = server.get("/").await;
    for part in [
        "<link rel=\"alternate\" type=\"application/rss+xml\" title=\"Courier: World (RSS)\" href=\"https://feeds.example.org/courier/world.rss\">",
        "<a href=\"/courier/world.atom\">Atom</a>",
        "Failing since 20 Nov 2026, 17:00 UTC: https://courier.example/lines answered 404; has the section moved?",
        "12 items when read on 20 Nov 2026, 16:00 UTC.",
        "<a href=\"/courier/tag/%D8%BA%D8%B2%D8%A9\" dir=\"auto\">غزّة</a>",
    ] {
        assert!(page.text().contains(part), "{part}\n{}", page.text());
    }
    assert!(!page.text().contains("<script"));
    assert_eq!(page.field("referrer-policy"), "no-referrer");
    assert!(
        page.field("content-security-policy")
            .starts_with("default-src 'none';")
    );
}

#[tokio::test]
async fn a_feeds_page_shows_its_items_and_addresses() {
    let server = Server::start().await;
    let page = server.get("/courier/world").await;
    for part in [
        "<link rel=\"alternate\" type=\"application/feed+json\" title=\"Courier: World (JSON Feed)\" href=\"https://feeds.example.org/courier/world.json\">",
        "<a href=\"https://courier.example/story/7\">Canals &#38; locks: 5 &#60; 6, says “report”</a>",
        "Keepers &#60;of&#62; the gates &#38; their report.",
        "<article lang=\"ar\" dir=\"auto\">",
        "<bdi>Ana Lock, Bo Weir</bdi>",
        // The place that a line without a page of its own links to.
        "<li id=\"e46ee41fa6830e4e2\">",
    ] {
        assert!(page.text().contains(part), "{part}\n{}", page.text());
    }
}

#[tokio::test]
async fn an_unknown_address_is_answered_with_the_likest() {
    let server = Server::start().await;
    let page = server.get("/courier/wrold.rss").await;
    assert_eq!(page.status, 404);
    assert!(
        page.text()
            .contains("<a href=\"/courier/world\" dir=\"auto\">Courier: World</a>")
    );
    let odd = server.get("/%3Cscript%3E").await;
    assert!(odd.text().contains("&#60;script&#62;"));
}

#[tokio::test]
async fn the_list_for_programs_names_every_feed() {
    let server = Server::start().await;
    let answer = server.get("/feeds.json").await;
    let list: serde_json::Value = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!(
        list["feeds"].as_array().unwrap().len(),
        edition().feeds.len()
    );
    assert_eq!(list["sources"][1]["health"]["state"], "ailing");
}

#[tokio::test]
async fn the_index_is_as_new_as_the_last_poll() {
    let server = Server::start().await;
    let page = server.get("/").await;
    let date = httpdate::parse_http_date(page.field("last-modified")).unwrap();
    assert_eq!(date, std::time::SystemTime::from(at(20, 0)));
}
