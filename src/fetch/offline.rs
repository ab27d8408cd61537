//! Stands in for the network code in a build without it.

use std::time::Duration;

use super::address::Address;
use super::answer::Answer;
use super::failure::Failure;
use super::folder::FetchedFile;

/// Opens no connection.
pub struct Client;

impl Client {
    /// Returns a client that gets nothing.
    pub fn new(_: Duration) -> Self {
        Self
    }

    /// Returns `None`.
    pub fn proxy_of(&self, _: &Address) -> Option<String> {
        None
    }

    /// Fails.
    ///
    /// # Errors
    /// Always returns [`Failure::NoNetwork`].
    pub fn get(
        &mut self,
        _: &Address,
        _: Option<&FetchedFile>,
        _: &mut Vec<u8>,
        _: &mut dyn FnMut(&str),
    ) -> Result<Answer, Failure> {
        Err(Failure::NoNetwork)
    }
}
