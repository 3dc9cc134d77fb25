//! One connection → its requests answered until it ends: by the front while they are simple, then by hyper.

use std::convert::Infallible;
use std::future::poll_fn;
use std::io::{self, Cursor};
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::clerk::{Clerk, lock};
use super::front::{Front, Next};
use super::hand::Answer;
use super::outbox::Piece;
use super::reply::Response;
use super::roll::{Member, Patience};
use super::spell;
use super::stream::Stream;

/// Most bytes of a request's head: the longest target, and as much again for its fields. More is answered with 431.
const HEAD_BYTES: usize = 16_384;

/// Bytes that hyper reads ahead on a connection: one whole head and pipelined ones behind it.
const BUFFER_BYTES: usize = 2 * HEAD_BYTES;

/// Answers one connection's requests until it ends. A head must be there within `patience`.
pub(super) async fn attend<S: Stream>(
    stream: S,
    clerk: Clerk,
    member: Arc<Member>,
    patience: Duration,
) {
    let clerk = Arc::new(clerk);
    let mut front = Front::new(stream, clerk.clone(), member.clone(), patience);
    // A client that breaks off or sends what is no HTTP is its own affair.
    match take_turns(&mut front, &clerk, &member).await {
        Ok(true) => {
            let (stream, read) = front.into_parts();
            Box::pin(pass(stream, read, clerk, member, patience)).await;
        }
        Ok(false) => {
            let (mut stream, _) = front.into_parts();
            let _ = stream.shutdown().await;
        }
        Err(error) => tracing::debug!("a connection broke off: {error}"),
    }
}

/// Answers simple requests. Returns whether something else comes behind them.
async fn take_turns<S: Stream>(
    front: &mut Front<S>,
    clerk: &Clerk,
    member: &Member,
) -> io::Result<bool> {
    loop {
        match poll_fn(|context| front.poll(context)).await? {
            Next::Over => return Ok(false),
            Next::Pass => return Ok(true),
            Next::Ask { head, closes } => {
                let response = Box::pin(clerk.answer(*head)).await;
                let answer = spelled(response, clerk).await;
                front.say(answer, closes || member.is_ending());
            }
        }
    }
}

/// The bytes of a response.
async fn spelled(response: Response, clerk: &Clerk) -> Answer {
    let (fields, body) = response.into_parts();
    let now = lock(&clerk.desk).hand.now();
    let body = match body.collect().await {
        Ok(body) => body.to_bytes(),
        Err(never) => match never {},
    };
    Answer {
        head: spell::head(fields.status, &fields.headers, now),
        body: (!body.is_empty()).then_some(Piece::Bytes(body)),
    }
}

/// Lets hyper answer everything that comes from here on, behind what was `read` already.
async fn pass<S: Stream>(
    stream: S,
    read: Bytes,
    clerk: Arc<Clerk>,
    member: Arc<Member>,
    patience: Duration,
) {
    let (reading, writing) = tokio::io::split(stream);
    let stream = tokio::io::join(Cursor::new(read).chain(reading), writing);
    let service = service_fn(|request: Request<Incoming>| {
        let clerk = clerk.clone();
        async move { Ok::<_, Infallible>(clerk.answer(request.into_parts().0).await) }
    });
    // A bound on the number of fields would be filled in anew for each request; the usual one, a hundred, is not. Who asks and
    // then closes his end is answered, as by the front.
    let connection = http1::Builder::new()
        .timer(Patience(member.clone()))
        .header_read_timeout(patience)
        .half_close(true)
        .max_header_size(HEAD_BYTES)
        .max_buf_size(BUFFER_BYTES)
        .serve_connection(TokioIo::new(stream), service);
    let mut connection = pin!(connection);
    let mut is_told = false;
    let end = poll_fn(|context| {
        // First of all what was read already is answered.
        let polled = Pin::new(&mut connection).poll(context);
        if polled.is_ready() || is_told || !member.attend(context) {
            return polled;
        }
        is_told = true;
        connection.as_mut().graceful_shutdown();
        Pin::new(&mut connection).poll(context)
    });
    if let Err(error) = end.await {
        tracing::debug!("a connection ended early: {error}");
    }
}
