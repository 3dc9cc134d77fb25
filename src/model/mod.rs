//! The types that travel along the line: plain data, made by one step and read by the next.

mod article;
mod edition;
mod entry;
mod feed;
mod given;
mod listing;
mod page;
mod section;
mod shelf;
mod slug;
mod when;

pub use article::{Article, Body, Direction, Image, Media, MediaKind, Translation};
pub use edition::{Edition, EntryNumber, Health, Shelf, Source};
pub use entry::{Entry, EntryId, Identity, SectionKey};
pub use feed::{Document, Feed, FeedHead, FeedKey, Format, PageNumber};
pub use given::{Former, Given};
pub use listing::{Listing, ListingItem};
pub use page::{Page, Validator};
pub use section::{Further, SectionState};
pub use shelf::{Membership, ShelfRow};
pub use slug::{Slug, Tag};
pub use when::{Precision, When};
