//! The address of a feed that changed → word of it to a WebSub hub, which fetches the feed and tells its readers.

use std::sync::Arc;
use std::time::Duration;

use http::StatusCode;
use http::header::CONTENT_TYPE;
use reqwest::Client;
use url::Url;

use super::FetchError;
use super::client::{self, Cookies, whole};
use super::send::wait;
use crate::config::WebSub;

/// A way to one hub.
pub struct Hub {
    client: Client,
    url: Url,
}

/// Why a hub did not take word of a feed.
#[derive(Debug, thiserror::Error)]
pub enum HubError {
    /// It may take it later.
    #[error("the hub {hub} could not be told of {topic}: {reason}")]
    Later {
        /// Which hub.
        hub: Url,
        /// The feed's address.
        topic: String,
        /// What happened.
        reason: String,
        /// How long it wants to be left alone.
        retry_after: Option<Duration>,
    },
    /// It never will.
    #[error(
        "the hub {hub} does not take word of {topic}: it answered {status}; is `hub` in [websub] the \
         address that its operator gives for publishing, and can it reach `public_url`?"
    )]
    Refused {
        /// Which hub.
        hub: Url,
        /// The feed's address.
        topic: String,
        /// What it answered.
        status: StatusCode,
    },
}

impl Hub {
    /// A way to the hub that `websub` names. It may stand in a private network: its address is the user's own word, and no
    /// redirect is followed.
    pub fn new(websub: &WebSub) -> Result<Hub, FetchError> {
        let client = client::client(&websub.politeness, Arc::new(Cookies::default()))
            .map_err(|reason| FetchError::Client { reason })?;
        Ok(Hub {
            client,
            url: websub.hub.clone(),
        })
    }

    /// Tells the hub that the document at `topic` changed.
    pub async fn publish(&self, topic: &str) -> Result<(), HubError> {
        let form = url::form_urlencoded::Serializer::new(String::new())
            .append_pair("hub.mode", "publish")
            .append_pair("hub.url", topic)
            .finish();
        let request = self
            .client
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(form);
        let later = |reason, retry_after| HubError::Later {
            hub: self.url.clone(),
            topic: topic.to_owned(),
            reason,
            retry_after,
        };
        let response = request
            .send()
            .await
            .map_err(|error| later(whole(&error.without_url()), None))?;
        match response.status() {
            status if status.is_success() => Ok(()),
            status if is_passing(status) => Err(later(
                format!("it answered {status}"),
                wait(response.headers()),
            )),
            status => Err(HubError::Refused {
                hub: self.url.clone(),
                topic: topic.to_owned(),
                status,
            }),
        }
    }
}

fn is_passing(status: StatusCode) -> bool {
    status.is_server_error()
        || matches!(
            status,
            StatusCode::REQUEST_TIMEOUT | StatusCode::TOO_MANY_REQUESTS
        )
}
