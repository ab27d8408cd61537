//! Which proxy to use, from the environment variables that other programs read too.

use ureq::ProxyProtocol;

use super::address::Address;
use super::failure::Failure;

/// A variable that names a proxy, with its value.
pub struct Setting {
    /// The name of the variable, in capitals.
    pub name: &'static str,
    value: String,
}

impl Setting {
    /// Returns the setting for an address; `None` if it is reached without a proxy.
    pub fn find(address: &Address) -> Option<Self> {
        let own = if address.is_https() { "HTTPS_PROXY" } else { "HTTP_PROXY" };
        let setting = |name| variable(name).map(|value| Self { name, value });
        let found = setting(own).or_else(|| setting("ALL_PROXY"))?;
        let exceptions = variable("NO_PROXY").unwrap_or_default();
        (!is_excepted(address.host(), &exceptions)).then_some(found)
    }

    /// Returns the host and port of the proxy, without the user name and the password.
    pub fn shown(&self) -> &str {
        let rest = self.value.split_once("://").map_or(self.value.as_str(), |(_, rest)| rest);
        rest.rsplit_once('@').map_or(rest, |(_, host)| host).trim_end_matches('/')
    }

    /// Returns the proxy.
    ///
    /// # Errors
    /// Returns an error if the value is no address of a proxy, or that of a kind other than HTTP. Nothing goes past a
    /// proxy that cannot be used.
    pub fn proxy(&self) -> Result<ureq::Proxy, Failure> {
        let proxy = ureq::Proxy::new(&self.value).ok();
        let proxy = proxy.filter(|proxy| matches!(proxy.protocol(), ProxyProtocol::Http | ProxyProtocol::Https));
        proxy.ok_or(Failure::ProxyAddress(self.name))
    }
}

/// Returns a variable of a name in capitals or small letters; `None` if it is empty.
fn variable(name: &str) -> Option<String> {
    let names = [name.to_owned(), name.to_ascii_lowercase()];
    names.iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty())
}

/// Whether a host is in a list of hosts and domains like `localhost,.example.org`, which also covers what is below them.
fn is_excepted(host: &str, list: &str) -> bool {
    list.split(',').map(|entry| entry.trim().trim_start_matches('*').trim_start_matches('.')).any(|entry| {
        let parent = host.len().checked_sub(entry.len()).and_then(|start| host.get(start..).zip(host.get(..start)));
        let is_end =
            |(end, start): (&str, &str)| end.eq_ignore_ascii_case(entry) && (start.is_empty() || start.ends_with('.'));
        !entry.is_empty() && parent.is_some_and(is_end)
    }) || list.split(',').any(|entry| entry.trim() == "*")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exceptions_are_hosts_and_what_is_below_them() {
        for list in ["example.org", "x, .example.org", "*.example.org", "*", "a.Example.org"] {
            assert!(is_excepted("a.example.org", list), "{list}");
        }
        for list in ["", "ample.org", "b.a.example.org", ",", "*.com"] {
            assert!(!is_excepted("a.example.org", list), "{list}");
        }
    }

    #[test]
    fn the_password_is_not_shown() {
        let setting = |value: &str| Setting { name: "HTTPS_PROXY", value: value.to_owned() };
        assert_eq!(setting("http://me:secret@proxy.example.org:8080/").shown(), "proxy.example.org:8080");
        assert_eq!(setting("proxy:3128").shown(), "proxy:3128");
        for wrong in ["ftp://x", "socks5://x:1080", "socks4://x"] {
            assert_eq!(setting(wrong).proxy().err(), Some(Failure::ProxyAddress("HTTPS_PROXY")), "{wrong}");
        }
    }
}
