//! The files to fetch, and the addresses they are at.

use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use super::folder::is_name;

/// The addresses of the public files. Where two have the same file name, the later is tried if the earlier fails.
pub const DEFAULT_ADDRESSES: [&str; 3] = [
    "https://jt-39.github.io/ofsted-ilacs-scrape-tool/ofsted_csc_ilacs_history.csv",
    "https://jt-39.github.io/ofsted-ilacs-scrape-tool/ofsted_csc_ilacs_overview.xlsx",
    "https://data-to-insight.github.io/ofsted-ilacs-scrape-tool/ofsted_csc_ilacs_overview.xlsx",
];

/// The maximum length of an address, in bytes.
const MAX_ADDRESS: usize = 2000;

/// The extensions of files that can be opened; an address that ends otherwise is that of a folder.
const EXTENSIONS: [&str; 4] = [".csv", ".xlsx", ".ods", ".json"];

/// The address of a file on the web: https or, on this computer only, http.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Returns the host, without the port.
    pub fn host(&self) -> &str {
        host_of(self.0.split_once("://").map_or("", |(_, rest)| rest))
    }

    /// Whether it is an https address.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Returns the address of another path on the same host.
    pub fn on_same_host(&self, path: &str) -> Option<Self> {
        let (scheme, rest) = self.0.split_once("://")?;
        format!("{scheme}://{}{path}", authority_of(rest)).parse().ok()
    }

    /// Returns the name of the file: what follows the last slash; `None` if that is no name for a file to keep.
    pub fn name(&self) -> Option<&str> {
        let path = self.0.split_once("://")?.1.split(['?', '#']).next()?;
        path.rsplit_once('/').map(|(_, name)| name).filter(|name| is_name(name))
    }
}

/// What is said of an address that cannot be used.
const WANTED: &str = "expected an https address that ends in a file name, as in https://example.org/history.csv";

impl FromStr for Address {
    type Err = &'static str;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (scheme, rest) = text.split_once("://").ok_or(WANTED)?;
        let host = host_of(rest);
        let is_local = scheme == "http" && ["127.0.0.1", "localhost", "[::1]"].contains(&host);
        // A user name before the host could make an address look like another.
        let is_plain = text.bytes().all(|byte| byte.is_ascii_graphic()) && !authority_of(rest).contains('@');
        if !(scheme == "https" || is_local) || !is_plain || host.is_empty() || text.len() > MAX_ADDRESS {
            return Err(WANTED);
        }
        Ok(Self(text.to_owned()))
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

fn authority_of(rest: &str) -> &str {
    rest.split(['/', '?', '#']).next().unwrap_or_default()
}

fn host_of(rest: &str) -> &str {
    let authority = authority_of(rest);
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// Where a file can be fetched from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Place {
    /// An address on the web.
    Address(Address),
    /// A file on this computer.
    File(PathBuf),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(f),
            Self::File(path) => path.display().fmt(f),
        }
    }
}

/// A file to fetch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Its name in the data folder.
    pub name: String,
    /// Where to get it, the first choice first; never empty.
    pub places: Vec<Place>,
}

/// Groups addresses by file name.
///
/// # Errors
/// Returns what is wrong with the first address that cannot be used.
pub fn wanted(addresses: &[String]) -> Result<Vec<Wanted>, String> {
    let mut files: Vec<Wanted> = Vec::new();
    for text in addresses {
        let address: Address = text.parse().map_err(|expected| format!("{text}: {expected}"))?;
        let name = address.name().ok_or_else(|| format!("{text}: {WANTED}"))?.to_owned();
        let place = Place::Address(address);
        match files.iter_mut().find(|file| file.name == name) {
            Some(file) => file.places.push(place),
            None => files.push(Wanted { name, places: vec![place] }),
        }
    }
    Ok(files)
}

/// Returns the files to fetch from one place: the address of a file, an address or a folder that has files with the
/// names of `usual`, or a single file on this computer.
///
/// # Errors
/// Returns what is wrong with the place.
pub fn wanted_from(place: &str, usual: &[Wanted]) -> Result<Vec<Wanted>, String> {
    if place.contains("://") {
        if EXTENSIONS.iter().any(|extension| place.to_ascii_lowercase().ends_with(extension)) {
            return wanted(&[place.to_owned()]);
        }
        let folder = place.trim_end_matches('/');
        return wanted(&usual.iter().map(|file| format!("{folder}/{}", file.name)).collect::<Vec<_>>());
    }
    let path = std::path::absolute(place).unwrap_or_else(|_| PathBuf::from(place));
    let file = |name: &str, path: PathBuf| Wanted { name: name.to_owned(), places: vec![Place::File(path)] };
    if path.is_file() {
        let name = path.file_name().and_then(|name| name.to_str()).filter(|name| is_name(name));
        let name = name.ok_or_else(|| format!("{place}: expected a file name of letters, digits, dots and hyphens"))?;
        return Ok(vec![file(name, path.clone())]);
    }
    let there = usual.iter().map(|wanted| file(&wanted.name, path.join(&wanted.name)));
    let is_there =
        |wanted: &Wanted| wanted.places.iter().any(|place| matches!(place, Place::File(path) if path.is_file()));
    let there: Vec<Wanted> = there.filter(is_there).collect();
    let names = usual.iter().map(|wanted| wanted.name.as_str()).collect::<Vec<_>>().join(" or ");
    match there.is_empty() {
        false => Ok(there),
        true if path.is_dir() => Err(format!("{place}: the folder has no {names}")),
        true if path.exists() => Err(format!("{place}: it is a device or a pipe; give the name of a folder or a file")),
        true => Err(format!("{place}: there is no such folder or file")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_https_and_this_computer_are_addresses() {
        for right in [
            "https://example.org/a/history.csv",
            "https://example.org:8443/h.csv?raw=1",
            "http://127.0.0.1:9/h.csv",
            "http://localhost/h.csv",
            "http://[::1]:8/h.csv",
        ] {
            assert_eq!(right.parse::<Address>().unwrap().to_string(), right);
        }
        for wrong in [
            "http://example.org/h.csv",
            "http://127.0.0.1.example.org/h.csv",
            "http://localhost@example.org/h.csv",
            "https://user@example.org/h.csv",
            "ftp://example.org/h.csv",
            "https://example.org",
            "https://example.org/",
            "https:///h.csv",
            "https://example.org/.hidden",
            "https://example.org/fetched.json",
            "https://example.org/h.csv.before",
            "https://example.org/a b.csv",
            "https://example.org/\u{202e}h.csv",
            "h.csv",
            "",
        ] {
            assert!(wanted(&[wrong.to_owned()]).is_err(), "{wrong:?}");
        }
    }

    #[test]
    fn an_address_knows_its_host_and_its_file() {
        let address: Address = "https://example.org:8443/a/h.csv?raw=1#x".parse().unwrap();
        assert_eq!(address.on_same_host("/b").unwrap().to_string(), "https://example.org:8443/b");
        assert_eq!((address.host(), address.name()), ("example.org", Some("h.csv")));
    }

    #[test]
    fn an_address_of_the_same_file_is_the_second_choice() {
        let files = wanted(&DEFAULT_ADDRESSES.map(str::to_owned)).unwrap();
        let places: Vec<usize> = files.iter().map(|file| file.places.len()).collect();
        assert_eq!(places, [1, 2]);
    }

    #[test]
    fn an_address_without_a_file_is_a_folder() {
        let usual = wanted(&DEFAULT_ADDRESSES.map(str::to_owned)).unwrap();
        let all = wanted_from("https://example.org/files/", &usual).unwrap();
        assert_eq!(all[0].places[0].to_string(), "https://example.org/files/ofsted_csc_ilacs_history.csv");
        assert_eq!(all.len(), 2);
        assert_eq!(wanted_from("https://example.org/x.csv", &usual).unwrap()[0].name, "x.csv");
        assert!(wanted_from("http://example.org/", &usual).is_err());
    }
}
