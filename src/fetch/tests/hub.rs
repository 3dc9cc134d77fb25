//! Word of a changed feed, and what hubs make of it.

use super::super::{Hub, HubError};
use super::*;
use crate::config::WebSub;

#[tokio::test]
async fn a_hub_that_cannot_take_word_now_is_told_from_one_that_never_will() {
    let server = Server::start(&[
        ("/ok", status("204 No Content", "")),
        ("/taken", status("202 Accepted", "")),
        (
            "/busy",
            status("503 Service Unavailable", "Retry-After: 7\r\n"),
        ),
        ("/often", status("429 Too Many Requests", "")),
        ("/wrong", status("400 Bad Request", "")),
        ("/moved", to("/ok")),
        ("/close", Reply::Close),
    ])
    .await;
    for (path, told) in [
        ("/ok", "taken"),
        ("/taken", "taken"),
        ("/busy", "later, after 7 s"),
        ("/often", "later"),
        ("/wrong", "never"),
        ("/moved", "never"),
        ("/none", "never"),
        ("/close", "later"),
    ] {
        let hub = Hub::new(&WebSub {
            hub: server.url(path),
            politeness: politeness(),
        });
        let told_so = match hub
            .unwrap()
            .publish("https://feeds.example/a.rss?x=1&y")
            .await
        {
            Ok(()) => "taken".to_owned(),
            Err(HubError::Later {
                retry_after: None, ..
            }) => "later".to_owned(),
            Err(HubError::Later {
                retry_after: Some(wait),
                ..
            }) => {
                format!("later, after {} s", wait.as_secs())
            }
            Err(HubError::Refused { .. }) => "never".to_owned(),
        };
        assert_eq!(told_so, told, "{path}");
    }
    let heads = server.asked();
    assert!(
        heads[0].starts_with("POST /ok HTTP/1.1\r\n"),
        "{}",
        heads[0]
    );
    let head = heads[0].to_lowercase();
    assert!(head.contains("content-type: application/x-www-form-urlencoded"));
}
