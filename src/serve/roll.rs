//! The connections of one thread → which of them are late, and the word to all of them that the end is near.
//!
//! hyper asks for a timer a request, and the front waits as long. One of the runtime's own costs a registration and its removal each time; here a thread
//! looks once a second whether any connection is late, and a request costs it a number.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};
use std::task::{Context, Poll, Waker};
use std::time::{Duration, Instant};

use hyper::rt::{Sleep, Timer};

/// Everyone who is connected through one thread.
pub(super) struct Roll {
    begun: Instant,
    /// Milliseconds since `begun`, as of the last look.
    now: AtomicU64,
    is_ending: AtomicBool,
    /// Whether the end is near also for those who asked for nothing yet.
    is_ending_for_all: AtomicBool,
    members: Mutex<Vec<Weak<Member>>>,
}

/// One connection.
pub(super) struct Member {
    roll: Arc<Roll>,
    /// How its task is woken; set when the task first runs.
    waker: OnceLock<Waker>,
    /// Until when it must have sent a whole head, in the roll's milliseconds; [`NEVER`] while it is our turn.
    due: AtomicU64,
    /// Until when it must have taken in something of what is sent to it; [`NEVER`] while nothing waits.
    takes_by: AtomicU64,
    /// Whether it has sent a whole head.
    is_heard: AtomicBool,
}

/// The time that does not come.
const NEVER: u64 = u64::MAX;

impl Roll {
    /// An empty roll.
    pub fn new() -> Arc<Roll> {
        Arc::new(Roll {
            begun: Instant::now(),
            now: AtomicU64::new(0),
            is_ending: AtomicBool::new(false),
            is_ending_for_all: AtomicBool::new(false),
            members: Mutex::default(),
        })
    }

    /// Takes a new connection in.
    pub fn enter(self: &Arc<Roll>) -> Arc<Member> {
        let member = Arc::new(Member {
            roll: Arc::clone(self),
            waker: OnceLock::new(),
            due: AtomicU64::new(NEVER),
            takes_by: AtomicU64::new(NEVER),
            is_heard: AtomicBool::new(false),
        });
        self.members().push(Arc::downgrade(&member));
        member
    }

    /// Looks at the clock, wakes those who are late, and forgets those who are gone.
    pub fn look(&self) {
        let now = millis(self.begun.elapsed());
        self.now.store(now, Ordering::Relaxed);
        self.members().retain(|member| match member.upgrade() {
            Some(member) => {
                let due = [&member.due, &member.takes_by];
                member.wake_if(due.iter().any(|due| due.load(Ordering::Relaxed) <= now));
                true
            }
            None => false,
        });
    }

    /// Tells everyone that the end is near, but for those who connected and have asked for nothing yet.
    pub fn end(&self) {
        self.is_ending.store(true, Ordering::Relaxed);
        self.wake_all();
    }

    /// Tells those too.
    pub fn end_all(&self) {
        self.is_ending_for_all.store(true, Ordering::Relaxed);
        self.wake_all();
    }

    fn wake_all(&self) {
        for member in self.members().iter().filter_map(Weak::upgrade) {
            member.wake_if(true);
        }
    }

    /// How many are connected.
    pub fn count(&self) -> usize {
        let members = self.members();
        members.iter().filter(|one| one.strong_count() > 0).count()
    }

    fn members(&self) -> std::sync::MutexGuard<'_, Vec<Weak<Member>>> {
        // Whoever held it did nothing that can be left half done.
        self.members.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Member {
    /// Notes the task that is to be woken, and says whether the end is near.
    pub fn attend(&self, context: &Context<'_>) -> bool {
        self.waker.get_or_init(|| context.waker().clone());
        self.is_ending()
    }

    /// Whether the end is near.
    pub fn is_ending(&self) -> bool {
        let roll = &self.roll;
        roll.is_ending_for_all.load(Ordering::Relaxed)
            || (roll.is_ending.load(Ordering::Relaxed) && self.is_heard.load(Ordering::Relaxed))
    }

    /// Notes that a head is waited for, and says whether that takes longer than `patience` by now.
    pub fn is_late(&self, patience: Duration) -> bool {
        self.is_past(&self.due, patience)
    }

    /// Notes that it should take in what is sent to it, and says whether it has taken in nothing for longer than `patience`.
    pub fn is_stalled(&self, patience: Duration) -> bool {
        self.is_past(&self.takes_by, patience)
    }

    /// Notes that it took something in.
    pub fn takes_in(&self) {
        self.takes_by.store(NEVER, Ordering::Relaxed);
    }

    /// Whether the time `due` has come; it comes after `patience` from now where none is set.
    fn is_past(&self, due: &AtomicU64, patience: Duration) -> bool {
        let now = self.roll.now.load(Ordering::Relaxed);
        let at = due.load(Ordering::Relaxed);
        if at == NEVER {
            due.store(now + millis(patience), Ordering::Relaxed);
        }
        at <= now
    }

    /// Notes that it is our turn.
    pub fn is_served(&self) {
        self.due.store(NEVER, Ordering::Relaxed);
        self.is_heard.store(true, Ordering::Relaxed);
        self.wake_if(self.roll.is_ending.load(Ordering::Relaxed));
    }

    fn wake_if(&self, is_wanted: bool) {
        if let (true, Some(waker)) = (is_wanted, self.waker.get()) {
            waker.wake_by_ref();
        }
    }
}

/// The timer of one connection, which waits for one thing at a time: the head of a request.
pub(super) struct Patience(pub Arc<Member>);

impl Timer for Patience {
    fn sleep(&self, duration: Duration) -> Pin<Box<dyn Sleep>> {
        self.sleep_until(self.now() + duration)
    }

    fn sleep_until(&self, deadline: Instant) -> Pin<Box<dyn Sleep>> {
        let member = Arc::clone(&self.0);
        let due = millis(deadline.saturating_duration_since(member.roll.begun));
        member.due.store(due, Ordering::Relaxed);
        Box::pin(Wait { member, due })
    }

    /// The time of the last look: no more is needed, and it is free.
    fn now(&self) -> Instant {
        let roll = &self.0.roll;
        roll.begun + Duration::from_millis(roll.now.load(Ordering::Relaxed))
    }
}

struct Wait {
    member: Arc<Member>,
    due: u64,
}

impl Sleep for Wait {}

impl Future for Wait {
    type Output = ();

    fn poll(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<()> {
        // Whoever polls is the connection's task, which the roll wakes.
        if self.due <= self.member.roll.now.load(Ordering::Relaxed) {
            Poll::Ready(())
        } else {
            Poll::Pending
        }
    }
}

impl Drop for Wait {
    fn drop(&mut self) {
        self.member.is_served();
    }
}

fn millis(time: Duration) -> u64 {
    u64::try_from(time.as_millis()).unwrap_or(NEVER)
}
