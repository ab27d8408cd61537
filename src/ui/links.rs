//! Numbers for the link addresses on the screen, so that a cell can refer to one.
//!
//! A cell cannot store an address, so it stores the number as an underline colour, which no theme uses. A number keeps
//! its address while the program runs: a cell whose link changes is a changed cell, and is sent again.

use ratatui::style::Color;

/// The addresses shown so far.
#[derive(Debug, Clone, Default)]
pub struct Links {
    addresses: Vec<String>,
}

impl Links {
    /// Returns the colour that marks an address; `None` if the address is not plain ASCII, which a terminal might not
    /// accept in a link.
    pub fn mark(&mut self, address: &str) -> Option<Color> {
        if !address.bytes().all(|byte| byte.is_ascii_graphic()) {
            return None;
        }
        let number = self.addresses.iter().position(|held| held == address).unwrap_or_else(|| {
            self.addresses.push(address.to_owned());
            self.addresses.len() - 1
        });
        let [zero, red, green, blue] = u32::try_from(number).ok()?.to_be_bytes();
        (zero == 0).then_some(Color::Rgb(red, green, blue))
    }

    /// Returns the number and the address that a colour marks; `None` if it marks no address.
    pub fn address(&self, mark: Color) -> Option<(usize, &str)> {
        let Color::Rgb(red, green, blue) = mark else { return None };
        let number = usize::try_from(u32::from_be_bytes([0, red, green, blue])).ok()?;
        self.addresses.get(number).map(|address| (number, address.as_str()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_keeps_its_mark() {
        let mut links = Links::default();
        let (a, b) = (links.mark("https://a/").unwrap(), links.mark("https://b/").unwrap());
        assert_ne!(a, b);
        assert_eq!(links.mark("https://a/"), Some(a));
        assert_eq!(links.address(b), Some((1, "https://b/")));
        assert_eq!(links.address(Color::Reset), None);
        assert_eq!(links.mark("https://a/\u{1b}b"), None);
    }
}
