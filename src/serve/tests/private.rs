//! Servers that not everybody may read.

use super::*;
use crate::config::{Access, Network};

const TOKEN: &str = "0123456789abcdef";

fn network(address: &str, bits: u8) -> Network {
    let address = address.parse().unwrap();
    Network { address, bits }
}

async fn guarded(access: Access) -> Server {
    let server = Server::start().await;
    let public = url("https://feeds.example.org/");
    server.newsstand.move_to(access.address(&public));
    server.newsstand.guard(access);
    server
}

#[tokio::test]
async fn a_token_opens_every_feed_and_stands_in_every_address() {
    let server = guarded(Access {
        token: Some(TOKEN.to_owned()),
        ..Access::default()
    })
    .await;
    for (target, status) in [
        ("/t/0123456789abcdef/courier/world.rss", 200),
        ("/courier/world.rss?token=0123456789abcdef", 200),
        ("/t/0123456789abcdef/", 200),
        ("/t/0123456789abcdef/nothing", 404),
        ("/healthz", 200),
        ("/courier/world.rss", 403),
        ("/courier/world.rss?token=0123456789abcdeF", 403),
        ("/t/0123456789abcde/courier/world.rss", 403),
        ("/", 403),
        ("/nothing", 403),
    ] {
        // What is at hand is as private as what is not.
        for _ in 0..2 {
            assert_eq!(server.get(target).await.status, status, "{target}");
        }
    }
    let answer = server.get("/t/0123456789abcdef/courier/world.rss").await;
    let own = "href=\"https://feeds.example.org/t/0123456789abcdef/courier/world.rss\"";
    assert!(answer.text().contains(own), "{}", answer.text());
    let answer = server.get("/t/0123456789abcdef/Courier").await;
    assert_eq!(answer.field("location"), "/t/0123456789abcdef/courier");
}

#[tokio::test]
async fn only_the_networks_that_are_named_may_read() {
    let here = || network("127.0.0.0", 8);
    let home = || network("192.0.2.0", 24);
    let from_home = [("X-Forwarded-For", "192.0.2.7")];
    for (networks, proxies, fields, status) in [
        (vec![here()], vec![], &[][..], 200),
        (vec![home()], vec![], &[], 403),
        (vec![home()], vec![], &from_home, 403),
        (vec![home()], vec![here()], &from_home, 200),
        (
            vec![home()],
            vec![here()],
            &[("X-Forwarded-For", "203.0.113.1")],
            403,
        ),
        (
            vec![home()],
            vec![here()],
            &[("Forwarded", "for=192.0.2.9")],
            200,
        ),
        (vec![home()], vec![here()], &[], 403),
    ] {
        let server = guarded(Access {
            networks,
            proxies,
            ..Access::default()
        })
        .await;
        let answer = server.ask("GET", FEED, fields).await;
        assert_eq!(answer.status, status, "{fields:?}");
        let answer = server.ask("HEAD", FEED, fields).await;
        assert_eq!(answer.status, status, "{fields:?}");
    }
}
