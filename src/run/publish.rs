//! Feeds that changed → word of them to the WebSub hub, by a task of its own that no poll ever waits for.

use std::collections::{HashSet, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{Notify, watch};

use crate::config::{Config, WebSub};
use crate::fetch::{FetchError, Hub, HubError};
use crate::model::FeedKey;
use crate::serve::Newsstand;

/// Most feeds that wait for the hub. A busy newsroom changes a few hundred in an hour; beyond this the hub has been away for
/// days, and readers find what changed by asking themselves.
const MOST_WAITING: usize = 10_000;

/// How often a feed is told of before it is given up: with the pauses below, that takes about five hours.
const TRIES: u32 = 12;

/// How long to wait after a failure; twice as long after each further one, until the hub takes something again.
const FIRST_PAUSE: Duration = Duration::from_secs(10);

/// Longest wait between two tries.
const LONGEST_PAUSE: Duration = Duration::from_secs(60 * 60);

/// The feeds that the hub is still to be told of, each once.
#[derive(Default)]
pub(super) struct Outbox {
    waiting: Mutex<Waiting>,
    filled: Notify,
}

#[derive(Default)]
struct Waiting {
    queue: VecDeque<Word>,
    keys: HashSet<FeedKey>,
}

/// Word of a feed.
struct Word {
    key: FeedKey,
    tries: u32,
}

impl Outbox {
    /// Puts `feeds` in line, and waits for nothing.
    pub(super) fn put(&self, feeds: Vec<FeedKey>) {
        for key in feeds {
            self.enqueue(Word { key, tries: 0 });
        }
        self.filled.notify_one();
    }

    fn enqueue(&self, word: Word) {
        let mut waiting = self.waiting();
        if waiting.queue.len() < MOST_WAITING && waiting.keys.insert(word.key.clone()) {
            waiting.queue.push_back(word);
        }
    }

    fn take(&self) -> Option<Word> {
        let mut waiting = self.waiting();
        let word = waiting.queue.pop_front()?;
        waiting.keys.remove(&word.key);
        Some(word)
    }

    fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Tells the configured hub of every feed that is put into `outbox`, for ever.
pub(super) async fn keep_publishing(
    outbox: Arc<Outbox>,
    config: watch::Receiver<Arc<Config>>,
    newsstand: Arc<Newsstand>,
) {
    publish_all(&outbox, &config, &newsstand, FIRST_PAUSE).await;
}

async fn publish_all(
    outbox: &Outbox,
    config: &watch::Receiver<Arc<Config>>,
    newsstand: &Newsstand,
    first_pause: Duration,
) {
    let mut hub = None;
    let mut pause = first_pause;
    loop {
        let Some(mut word) = outbox.take() else {
            outbox.filled.notified().await;
            continue;
        };
        let websub = config.borrow().websub.clone();
        // Without a hub there is nobody to tell.
        let Some(websub) = websub else { continue };
        match tell(&mut hub, &websub, newsstand, &word.key).await {
            Ok(()) => pause = first_pause,
            Err(Fault::Client(error)) => tracing::error!("no hub can be told of anything: {error}"),
            Err(Fault::Hub(error @ HubError::Refused { .. })) => tracing::warn!("{error}"),
            Err(Fault::Hub(error @ HubError::Later { .. })) => {
                word.tries += 1;
                let wait = wait_after(&error, pause);
                if word.tries == TRIES {
                    tracing::warn!("{error}; given up after {TRIES} tries");
                } else {
                    tracing::info!("{error}; trying again in {} s", wait.as_secs());
                    outbox.enqueue(word);
                }
                tokio::time::sleep(wait).await;
                pause = (2 * pause).min(LONGEST_PAUSE);
            }
        }
    }
}

/// How long to leave the hub alone: as long as it asks, at least `pause`.
fn wait_after(error: &HubError, pause: Duration) -> Duration {
    match error {
        HubError::Later {
            retry_after: Some(asked),
            ..
        } => pause.max(*asked),
        _ => pause,
    }
}

enum Fault {
    Client(FetchError),
    Hub(HubError),
}

/// Tells the hub of a feed in each format. `hub` is the way that was last used, if it leads to the same one.
async fn tell(
    hub: &mut Option<(WebSub, Hub)>,
    websub: &WebSub,
    newsstand: &Newsstand,
    key: &FeedKey,
) -> Result<(), Fault> {
    let (_, way) = match hub.take() {
        Some((known, way)) if known.hub == websub.hub => hub.insert((known, way)),
        _ => {
            let way = Hub::new(websub).map_err(Fault::Client)?;
            hub.insert((websub.clone(), way))
        }
    };
    for topic in newsstand.addresses(key) {
        way.publish(&topic).await.map_err(Fault::Hub)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::{TcpListener, TcpStream};

    use super::*;
    use crate::config::Surroundings;
    use crate::model::{Edition, Slug};
    use crate::serve::EntrySource;

    fn key(number: usize) -> FeedKey {
        FeedKey::Site(Slug::of(&format!("s{number}")).unwrap())
    }

    /// A hub on a socket that answers each word with the next of these statuses, and with the last from then on; and what it
    /// was told.
    async fn hub(statuses: &'static [&'static str]) -> (SocketAddr, Arc<Mutex<Vec<String>>>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let told = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&told);
        tokio::spawn(async move {
            for number in 0.. {
                let (mut stream, _) = listener.accept().await.unwrap();
                let body = read_form(&mut stream).await;
                heard.lock().unwrap().push(body);
                let status = statuses[number.min(statuses.len() - 1)];
                let answer =
                    format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
                stream.write_all(answer.as_bytes()).await.unwrap();
            }
        });
        (address, told)
    }

    /// The body of a request, by its Content-Length.
    async fn read_form(stream: &mut TcpStream) -> String {
        let mut bytes = Vec::new();
        loop {
            bytes.push(stream.read_u8().await.unwrap());
            let text = String::from_utf8_lossy(&bytes).to_lowercase();
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let (_, length) = head.split_once("content-length: ").unwrap();
                let length: usize = length.lines().next().unwrap().parse().unwrap();
                if body.len() == length {
                    return text[text.len() - length..].to_owned();
                }
            }
        }
    }

    #[tokio::test]
    async fn a_hub_is_told_of_each_format_and_again_until_it_takes_it() {
        let statuses: &[&str] = &[
            "204 No Content",
            "503 Service Unavailable",
            "503 Service Unavailable",
            "202 Accepted",
            "202 Accepted",
            "202 Accepted",
            // What it refuses is not offered again.
            "400 Bad Request",
            "204 No Content",
        ];
        let (address, told) = hub(statuses).await;
        let text = format!(
            "[websub]\nhub = \"http://{address}/hub\"\n[[site]]\nurl = \"https://a.example/\"\n\
             [[site.section]]\nurl = \"/news\"\n"
        );
        let config = crate::config::parse("x", &text, &Surroundings::empty());
        let (_sender, config) = watch::channel(Arc::new(config.unwrap()));
        let nothing: EntrySource = Arc::new(|_| Box::pin(async { Ok(Vec::new()) }));
        let place = "https://feeds.example/".parse().unwrap();
        let newsstand = Newsstand::new(place, 0, Edition::default(), nothing);
        let outbox = Outbox::default();
        outbox.put(vec![key(1)]);
        let working = publish_all(&outbox, &config, &newsstand, Duration::from_millis(5));
        let waiting = async {
            while told.lock().unwrap().len() < 6 {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
            outbox.put(vec![key(2), key(3)]);
            while told.lock().unwrap().len() < 10 {
                tokio::time::sleep(Duration::from_millis(2)).await;
            }
        };
        tokio::select! {
            () = working => {}
            done = tokio::time::timeout(Duration::from_secs(20), waiting) => done.unwrap(),
        }
        let topics: Vec<String> = told
            .lock()
            .unwrap()
            .iter()
            .map(|form| {
                let topic =
                    form.strip_prefix("hub.mode=publish&hub.url=https%3a%2f%2ffeeds.example%2f");
                topic.unwrap_or(form).to_owned()
            })
            .collect();
        assert_eq!(
            topics,
            [
                "s1.rss", "s1.atom", "s1.rss", "s1.rss", "s1.atom", "s1.json", "s2.rss", "s3.rss",
                "s3.atom", "s3.json",
            ]
        );
    }

    #[test]
    fn a_feed_waits_once_and_only_so_many_wait() {
        let outbox = Outbox::default();
        outbox.put(vec![key(1), key(2), key(1)]);
        outbox.put(vec![key(2), key(3)]);
        let taken: Vec<FeedKey> =
            std::iter::from_fn(|| outbox.take().map(|word| word.key)).collect();
        assert_eq!(taken, [key(1), key(2), key(3)]);
        outbox.put((0..MOST_WAITING + 5).map(key).collect());
        assert_eq!(outbox.waiting().queue.len(), MOST_WAITING);
        assert_eq!(outbox.waiting().keys.len(), MOST_WAITING);
    }
}
