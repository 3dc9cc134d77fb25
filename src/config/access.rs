//! `[access]` → who may read: with which token, from which networks, and behind which proxies.

use std::fmt;
use std::net::IpAddr;

use url::Url;

use super::reader::Reader;
use super::secrets;
use super::suggest::quoted;
use super::values::Wrong;

/// Who may read. Everybody, where nothing is said.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Access {
    /// What stands in the address of everybody who may read.
    pub token: Option<String>,
    /// Where those who may read are; anywhere, where it is empty.
    pub networks: Vec<Network>,
    /// Who is believed when they say for whom they ask.
    pub proxies: Vec<Network>,
}

/// The token does not show.
impl fmt::Debug for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Access")
            .field("token", &self.token.as_ref().map(|_| "…"))
            .field("networks", &self.networks)
            .field("proxies", &self.proxies)
            .finish()
    }
}

impl Access {
    /// Whether everybody may read.
    pub fn is_open(&self) -> bool {
        self.token.is_none() && self.networks.is_empty()
    }

    /// What readers see in front of every address, where feeds stand under `public_url`: with the token, so that what they
    /// follow is open to them too.
    pub fn address(&self, public_url: &Url) -> Url {
        let mut address = public_url.clone();
        if let Some(token) = &self.token {
            let path = format!("{}/t/{token}", address.path().trim_end_matches('/'));
            address.set_path(&path);
        }
        address
    }
}

/// Addresses that begin alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Network {
    /// One of them.
    pub address: IpAddr,
    /// How many bits at the beginning are alike.
    pub bits: u8,
}

impl Network {
    /// Whether `address` is one of them. An IPv4 address that came through an IPv6 socket is what it was.
    pub fn contains(&self, address: IpAddr) -> bool {
        match (self.address, address.to_canonical()) {
            (IpAddr::V4(ours), IpAddr::V4(theirs)) => {
                let alike = (ours.to_bits() ^ theirs.to_bits()).leading_zeros();
                alike >= u32::from(self.bits)
            }
            (IpAddr::V6(ours), IpAddr::V6(theirs)) => {
                let alike = (ours.to_bits() ^ theirs.to_bits()).leading_zeros();
                alike >= u32::from(self.bits)
            }
            _ => false,
        }
    }
}

/// Shortest token: 64 bits, where each character is one of sixteen.
const TOKEN_LEAST: usize = 16;

/// Longest token; more would only make addresses unwieldy.
const TOKEN_MOST: usize = 128;

pub(super) fn access(reader: &Reader<'_>) -> Access {
    Access {
        token: token(reader),
        networks: reader.list("networks", network).unwrap_or_default(),
        proxies: reader.list("proxies", network).unwrap_or_default(),
    }
}

fn token(reader: &Reader<'_>) -> Option<String> {
    let (token, place) = secrets::secret(reader, reader.raw("token")?)?;
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_');
    if (TOKEN_LEAST..=TOKEN_MOST).contains(&token.len()) && token.bytes().all(plain) {
        return Some(token);
    }
    reader.notes.wrong(
        place,
        "this is not a token for addresses",
        "16 to 128 letters, digits, `-` or `_`: `openssl rand -hex 16` makes one",
    );
    None
}

/// `192.0.2.0/24`, `2001:db8::/32`, or one address.
fn network(text: &str) -> Result<Network, Wrong> {
    let wrong = || {
        Wrong::new(
            format!("{} is not a network", quoted(text)),
            "a network is written `192.0.2.0/24` or `2001:db8::/32`, one address without the slash",
        )
    };
    let (address, bits) = match text.split_once('/') {
        Some((address, bits)) => (address, Some(bits)),
        None => (text, None),
    };
    let address: IpAddr = address.parse().map_err(|_| wrong())?;
    let all = if address.is_ipv4() { 32 } else { 128 };
    let bits = match bits {
        Some(bits) => bits.parse().map_err(|_| wrong())?,
        None => all,
    };
    if bits > all {
        return Err(wrong());
    }
    Ok(Network { address, bits })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_network_holds_the_addresses_that_begin_alike() {
        for (written, address, is_in) in [
            ("192.0.2.0/24", "192.0.2.200", true),
            ("192.0.2.0/24", "192.0.3.1", false),
            ("192.0.2.7", "192.0.2.7", true),
            ("192.0.2.7", "192.0.2.6", false),
            ("0.0.0.0/0", "203.0.113.9", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("10.0.0.0/8", "::ffff:10.1.2.3", true),
            ("2001:db8::/32", "2001:db8:7::1", true),
            ("2001:db8::/32", "2001:db9::1", false),
        ] {
            let network = network(written).unwrap();
            let found = network.contains(address.parse().unwrap());
            assert_eq!(found, is_in, "{written} {address}");
        }
        for written in [
            "",
            "home",
            "192.0.2.0/33",
            "192.0.2/24",
            "::/129",
            "1.2.3.4/x",
        ] {
            assert!(network(written).is_err(), "{written}");
        }
    }

    #[test]
    fn the_token_stands_behind_the_public_address_and_shows_nowhere() {
        let access = Access {
            token: Some("geheim-0123456789".to_owned()),
            ..Access::default()
        };
        for (public, address) in [
            ("https://a.example", "https://a.example/t/geheim-0123456789"),
            (
                "https://a.example/f/",
                "https://a.example/f/t/geheim-0123456789",
            ),
        ] {
            let public = Url::parse(public).unwrap();
            assert_eq!(access.address(&public).as_str(), address);
            assert_eq!(Access::default().address(&public), public);
        }
        assert!(!format!("{access:?}").contains("geheim"));
    }
}
