//! Where the program takes connections: at addresses, at Unix sockets, and for proxies.

use std::net::SocketAddr;
use std::path::Path;

use tempfile::TempDir;
use tokio::net::{TcpStream, UnixStream};

use feedwright::config::Listen;
use feedwright::demo::Newspaper;
use feedwright::ops::now;
use feedwright::run::Service;

use crate::program::{Program, free_address};
use crate::reader::{Answer, ask};
use crate::trial::{config_for, until};

const POLITICS: &str = "/the-harbour-gazette/politics.rss";

async fn ask_socket(path: &Path, lines: &str) -> std::io::Result<Answer> {
    ask(UnixStream::connect(path).await?, POLITICS, lines).await
}

async fn ask_address(address: SocketAddr, lines: &str) -> std::io::Result<Answer> {
    ask(TcpStream::connect(address).await?, POLITICS, lines).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_is_there_as_long_as_the_program_and_is_taken_over_from_one_that_was_killed() {
    let paper = Newspaper::start(now()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let (listen, socket) = (free_address(), folder.path().join("feeds.sock"));
    let home =
        "[access]\nnetworks = [\"192.0.2.0/24\", \"127.0.0.0/8\"]\nproxies = [\"127.0.0.1\"]\n";
    let config = paper.config_toml(&folder.path().join("feeds.db"), listen);
    let both = format!("listen = [\"{listen}\", \"unix:{}\"]", socket.display());
    let config = config.replace(&format!("listen = \"{listen}\""), &both);
    assert!(config.contains(&both));
    let file = folder.path().join("config.toml");
    std::fs::write(&file, format!("{config}\n{home}")).unwrap();

    let mut program = Program::run(&file);
    let serving = format!("on {listen} and unix:{};", socket.display());
    program.wait_for_log(&serving).await;
    until("the feed", async || {
        let answer = ask_socket(&socket, "").await.ok()?;
        (answer.status == 200 && answer.text().contains("<item>")).then_some(())
    })
    .await;
    // A proxy beside us is believed without being named.
    for (lines, status) in [
        ("", 200),
        ("X-Forwarded-For: 192.0.2.1\r\n", 200),
        ("X-Forwarded-For: 203.0.113.1\r\n", 403),
    ] {
        let by_socket = ask_socket(&socket, lines).await.unwrap().status;
        let by_address = ask_address(listen, lines).await.unwrap().status;
        assert_eq!([by_socket, by_address], [status, status], "{lines}");
    }
    // What it says of our address decides nothing, but is told to who can act on it: once.
    let public = "X-Forwarded-Host: feeds.example.org\r\nX-Forwarded-Proto: https\r\n";
    for _ in 0..3 {
        let answer = ask_socket(&socket, public).await.unwrap();
        assert!(
            answer
                .text()
                .contains(&format!("href=\"http://{listen}{POLITICS}\""))
        );
    }
    let advice = format!(
        "a proxy answers readers under https://feeds.example.org, but every address in the feeds begins with \
         http://{listen}; `public_url = \"https://feeds.example.org\"` in [server] would mend that"
    );
    program.wait_for_log(&advice).await;
    assert_eq!(program.log().matches(&advice).count(), 1);

    program.signal("KILL");
    program.end().await;
    assert!(socket.exists() && ask_socket(&socket, "").await.is_err());
    let mut program = Program::run(&file);
    program.wait_for_log(&serving).await;
    assert_eq!(ask_socket(&socket, "").await.unwrap().status, 200);
    program.signal("TERM");
    assert!(program.end().await.success());
    assert!(!socket.exists());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_socket_comes_and_goes_with_the_configuration_and_the_address_beside_it_stays() {
    let paper = Newspaper::start(now()).await.unwrap();
    let folder = TempDir::new().unwrap();
    let [first, second] = ["first", "second"].map(|name| folder.path().join(name));
    let config = |sockets: &[&Path]| {
        let mut config = config_for(&paper, folder.path());
        let sockets = sockets.iter().map(|path| Listen::Unix(path.to_path_buf()));
        config.server.listen.extend(sockets);
        config
    };
    let mut service = Service::start(config(&[&first])).await.unwrap();
    let address = service.address();
    until("the first poll", async || {
        let answer = ask_address(address, "").await.ok()?;
        (answer.status == 200).then_some(())
    })
    .await;
    for (sockets, there) in [
        (vec![first.as_path()], [true, false]),
        (vec![&first, &second], [true, true]),
        (vec![&second], [false, true]),
        (vec![], [false, false]),
        (vec![&first], [true, false]),
    ] {
        service.reload(config(&sockets)).await.unwrap();
        assert_eq!(service.address(), address);
        assert_eq!(ask_address(address, "").await.unwrap().status, 200);
        for (path, is_there) in [&first, &second].into_iter().zip(there) {
            // Who listened there before ends on its own time.
            let word = format!("{} {is_there}", path.display());
            until(&word, async || (path.exists() == is_there).then_some(())).await;
            assert_eq!(ask_socket(path, "").await.is_ok(), is_there, "{word}");
        }
    }
    service.stop().await;
    assert!(!first.exists());
}
