//! The end of a server, as seen by who is connected just then.

use super::*;

const REQUEST: &[u8] = b"GET /robots.txt HTTP/1.1\r\nHost: a\r\n\r\n";

#[tokio::test]
async fn who_connected_just_before_the_end_is_answered_and_who_says_nothing_is_not_waited_for() {
    let mut server = Server::start().await;
    let mut late = TcpStream::connect(server.address).await.unwrap();
    let mut silent = TcpStream::connect(server.address).await.unwrap();
    let mut idle = TcpStream::connect(server.address).await.unwrap();
    idle.write_all(REQUEST).await.unwrap();
    idle.read_u8().await.unwrap();
    server.stop.take().unwrap().send(()).unwrap();
    let begun = Instant::now();
    let mut answer = Vec::new();
    idle.read_to_end(&mut answer).await.unwrap();
    assert!(begun.elapsed() < Duration::from_millis(500));

    late.write_all(REQUEST).await.unwrap();
    answer.clear();
    late.read_to_end(&mut answer).await.unwrap();
    assert_eq!(Answer::of(&answer).status, 200);
    answer.clear();
    silent.read_to_end(&mut answer).await.unwrap();
    assert!(answer.is_empty());
    server.running.await.unwrap();
    assert!(begun.elapsed() < Duration::from_secs(5));
}
