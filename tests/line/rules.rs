//! What the configuration says of which entries are shown where.

use serde_json::Value;
use tempfile::TempDir;

use feedwright::config::Listen;
use feedwright::demo::Newspaper;
use feedwright::ops::now;
use feedwright::run::Service;

use crate::program::free_address;
use crate::reader::{get, text};
use crate::trial::{config_for, parse, until};

/// The newspaper's configuration with words of one's own behind some of its lines.
fn with(paper: &Newspaper, folder: &TempDir, changes: &[(&str, &str)]) -> String {
    let mut config = paper.config_toml(
        &folder.path().join("feeds.db"),
        "127.0.0.1:0".parse().unwrap(),
    );
    for (line, more) in changes {
        assert!(config.contains(line), "{line}");
        config = config.replacen(line, &format!("{line}\n{more}"), 1);
    }
    config
}

async fn titles(service: &Service, path: &str) -> Vec<String> {
    let answer = get(
        service.address(),
        &format!("/the-harbour-gazette{path}.json"),
    )
    .await;
    let mut titles: Vec<String> = match answer.status {
        200 => answer
            .items()
            .iter()
            .map(|item| text(&item["title"]))
            .collect(),
        _ => Vec::new(),
    };
    titles.sort();
    titles
}

async fn polled(service: &Service) {
    until("all sections polled", async || {
        let sources = crate::trial::sources(service.address()).await;
        let well = |source: &Value| source["health"]["state"] == "well";
        sources.iter().all(well).then_some(())
    })
    .await;
}

/// Only the sections of these addresses.
fn keep_sections(config: &mut feedwright::config::Config, paths: &[&str]) {
    for site in &mut config.sites {
        site.sections
            .retain(|section| paths.contains(&section.url.path()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn rules_decide_which_feeds_show_an_entry_and_a_change_of_them_applies_backwards() {
    let paper = Newspaper::start(now()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let read = |rules: &str| {
        let mut config = parse(&with(&paper, &folder, &[("url = \"/politics\"", rules)]));
        keep_sections(&mut config, &["/politics", "/video"]);
        config
    };
    let film = "Watch: a day on the swing bridge in three minutes";
    let tax = "The harbour tax, explained in five questions";
    let mut service = Service::start(read("include = { tag = [\"^Bridges$\"] }"))
        .await
        .unwrap();
    polled(&service).await;
    let bridges = [
        "Council delays vote on the new bridge",
        "Inspectors find rust under the swing bridge",
        film,
    ];
    for feed in ["", "/politics", "/tag/bridges"] {
        assert_eq!(titles(&service, feed).await, bridges, "{feed}");
    }
    assert_eq!(titles(&service, "/author/laith-barakat").await, [""; 0]);
    let asked = paper.asked().len();
    // What no section admits is shown nowhere; what one admits, also where another one does not.
    service
        .reload(read("exclude = { title = [\"[Bb]ridge\", \"Night\"] }"))
        .await
        .unwrap();
    assert_eq!(titles(&service, "/politics").await, [tax]);
    assert_eq!(titles(&service, "").await, [tax, film]);
    assert_eq!(titles(&service, "/tag/bridges").await, [film]);
    assert_eq!(titles(&service, "/author/laith-barakat").await, [tax]);
    assert_eq!(paper.asked().len(), asked, "no article is read for it");
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_poll_keeps_while_the_rules_change_is_shown_by_the_new_ones() {
    let paper = Newspaper::start(now()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let read = |rules: &str| {
        let mut config = parse(&with(&paper, &folder, &[("url = \"/politics\"", rules)]));
        keep_sections(&mut config, &["/politics"]);
        config
    };
    paper.set_delay(std::time::Duration::from_millis(100));
    let mut service = Service::start(read("")).await.unwrap();
    until("the poll is under way", async || {
        (paper.asked().len() > 3).then_some(())
    })
    .await;
    service
        .reload(read("exclude = { title = [\"[Bb]ridge\"] }"))
        .await
        .unwrap();
    paper.set_delay(std::time::Duration::ZERO);
    polled(&service).await;
    let expected = [
        "Night buses return in autumn",
        "The harbour tax, explained in five questions",
    ];
    until("the new rules", async || {
        (titles(&service, "/politics").await == expected).then_some(())
    })
    .await;
    assert_eq!(titles(&service, "/tag/bridges").await, [""; 0]);
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_alias_makes_one_tag_of_two() {
    let paper = Newspaper::start(now()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let alias = "tags = { Rowing = \"Sport on water\", Ferries = \"Sport on water\" }";
    let mut config = parse(&with(&paper, &folder, &[("private_network = true", alias)]));
    keep_sections(&mut config, &["/culture", "/feeds/sport.xml"]);
    let service = Service::start(config).await.unwrap();
    polled(&service).await;
    assert_eq!(
        titles(&service, "/tag/sport-on-water").await,
        [
            "Harbour rowers win the regatta on the last stroke",
            "The ferry choir sings again",
        ]
    );
    for gone in ["rowing", "ferries"] {
        let path = format!("/the-harbour-gazette/tag/{gone}.rss");
        assert_eq!(get(service.address(), &path).await.status, 404, "{gone}");
    }
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_feed_of_ones_own_combines_sites_sections_and_tags() {
    let paper = Newspaper::start(now()).await.unwrap();
    let other = Newspaper::start(now()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let more = format!(
        "\n[[site]]\nurl = \"http://{}/\"\ntitle = \"The Other Gazette\"\nprivate_network = true\n\
         [[site.section]]\nurl = \"/culture\"\n[[site.section]]\nurl = \"/politics\"\n\
         [[feed]]\ntitle = \"Culture of both\"\nsections = [\"the-harbour-gazette/culture\", \"the-other-gazette/culture\"]\n\
         [[feed]]\ntitle = \"Council of the other\"\nsites = [\"the-other-gazette\"]\ntags = [\"City Council\"]\nexclude = {{ title = [\"tax\"] }}\n",
        other.address()
    );
    let text_of_file = paper.config_toml(
        &folder.path().join("feeds.db"),
        "127.0.0.1:0".parse().unwrap(),
    ) + &more;
    let mut config = parse(&text_of_file);
    keep_sections(&mut config, &["/culture", "/politics"]);
    let service = Service::start(config).await.unwrap();
    polled(&service).await;
    let both = get(service.address(), "/culture-of-both.json")
        .await
        .items();
    let hosts = [paper.address(), other.address()].map(|address| {
        let home = format!("http://{address}/");
        both.iter()
            .filter(|item| text(&item["url"]).starts_with(&home))
            .count()
    });
    assert_eq!(hosts, [4, 4]);
    let council = get(service.address(), "/council-of-the-other.json")
        .await
        .items();
    let mut titles: Vec<_> = council.iter().map(|item| text(&item["title"])).collect();
    titles.sort();
    assert_eq!(
        titles,
        [
            "Council delays vote on the new bridge",
            "Night buses return in autumn"
        ]
    );
    service.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_reload_that_cannot_work_leaves_everything_as_it_was() {
    let paper = Newspaper::start(now()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let config = || {
        let mut config = config_for(&paper, folder.path());
        keep_sections(&mut config, &["/culture"]);
        config
    };
    let mut service = Service::start(config()).await.unwrap();
    polled(&service).await;
    let before = titles(&service, "/culture").await;
    let mut elsewhere = config();
    elsewhere.store.path = folder.path().join("other.db");
    let mut busy = config();
    busy.server.listen = vec![Listen::Tcp(taken.local_addr().unwrap())];
    busy.sites[0].sections[0].title = "Another name".to_owned();
    for (config, error) in [
        (
            elsewhere,
            format!(
                "the database cannot move from {0}/feeds.db to {0}/other.db while the service runs; restart it",
                folder.path().display()
            ),
        ),
        (
            busy,
            format!(
                "cannot listen on {}; is another program using it? `listen` in [server] names another address",
                taken.local_addr().unwrap()
            ),
        ),
    ] {
        let refused = service.reload(config).await.unwrap_err();
        assert_eq!(refused.to_string(), error);
        assert_eq!(titles(&service, "/culture").await, before);
        assert_eq!(get(service.address(), "/healthz").await.status, 200);
    }
    // To another address it moves at once.
    let old = service.address();
    let mut moved = config();
    let new = free_address();
    moved.server.listen = vec![Listen::Tcp(new)];
    service.reload(moved).await.unwrap();
    assert_ne!(old, new);
    assert_eq!(service.address(), new);
    assert_eq!(titles(&service, "/culture").await, before);
    assert_eq!(get(new, "/healthz").await.status, 200);
    service.stop().await;
}
