//! Questions to the database → answers, each asked on a thread that holds a connection, so that no task of the program waits on a disk.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::{mpsc, oneshot};

use super::error::StoreError;

/// Jobs that may wait for a thread: those who ask beyond that wait themselves, so the queue cannot grow without end.
const QUEUE: usize = 256;

type Job = Box<dyn FnOnce(&mut Connection) + Send>;

/// Threads with a connection each, and the queue before them. They end when the last clone is dropped.
#[derive(Clone)]
pub struct Workers {
    queue: mpsc::Sender<Job>,
    path: Arc<Path>,
}

impl Workers {
    /// Starts a thread for each of `connections`.
    pub fn start(
        name: &str,
        path: &Path,
        connections: Vec<Connection>,
    ) -> Result<Workers, StoreError> {
        let (queue, jobs) = mpsc::channel(QUEUE);
        let jobs = Arc::new(Mutex::new(jobs));
        for connection in connections {
            let jobs = Arc::clone(&jobs);
            std::thread::Builder::new()
                .name(name.to_owned())
                .spawn(move || work(connection, &jobs))
                .map_err(|error| StoreError::Unopened {
                    path: path.to_owned(),
                    reason: error.to_string(),
                })?;
        }
        Ok(Workers {
            queue,
            path: path.into(),
        })
    }

    /// Does `job` on one of the threads; `doing` names it in the sentence of an error ("keep an article").
    pub async fn run<T: Send + 'static>(
        &self,
        doing: &'static str,
        job: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T, StoreError> {
        let (answer, answered) = oneshot::channel();
        let job: Job = Box::new(move |connection| {
            // Who asked may have gone away since; what was written stays written.
            let _gone = answer.send(job(connection));
        });
        let closed = StoreError::Closed { doing };
        if self.queue.send(job).await.is_err() {
            return Err(closed);
        }
        answered
            .await
            .map_err(|_| closed)?
            .map_err(|error| StoreError::of(error, doing, &self.path))
    }
}

fn work(mut connection: Connection, jobs: &Mutex<mpsc::Receiver<Job>>) {
    loop {
        let next = jobs
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .blocking_recv();
        match next {
            Some(job) => job(&mut connection),
            None => return,
        }
    }
}
