//! Ofsted's page of a council, which lists all reports on it. Its address ends with a number of the council.

use super::{Authority, Codes};

/// Where Ofsted's pages of councils are.
const HOST: &str = "reports.ofsted.gov.uk";

/// Returns the number at the end of the address of Ofsted's page of a council; `None` for any other address, such as that
/// of a report.
pub fn provider_number(link: &str) -> Option<&str> {
    let address = link.strip_prefix("https://").or_else(|| link.strip_prefix("http://"))?;
    let path = address.strip_prefix(HOST)?.strip_prefix("/provider/")?;
    let number = path.split(['?', '#']).next()?.trim_end_matches('/').rsplit('/').next()?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())).then_some(number)
}

impl Codes {
    /// Whether a link leads to Ofsted's page of another council: the pages are numbered with Ofsted's reference number of
    /// the council, or with the three digits of the Department for Education.
    fn is_anothers_page(&self, link: &str) -> bool {
        let Some(number) = provider_number(link) else { return false };
        let own = if number.len() == 3 { &self.la } else { &self.urn };
        own.as_deref().is_some_and(|own| own != number)
    }
}

impl Authority {
    /// Whether any of its assessments links to Ofsted's page of another council.
    pub fn has_page_of_another(&self) -> bool {
        let mut links = self.assessments.iter().filter_map(|assessment| assessment.report_link());
        links.any(|link| self.codes.is_anothers_page(link))
    }

    /// Leaves out the links of its assessments to Ofsted's page of another council: official files give some councils the
    /// page of a neighbour, or of their successor.
    pub fn leave_out_pages_of_others(&mut self) {
        let origins = self.assessments.iter_mut().filter_map(|assessment| assessment.origin.as_mut());
        for origin in origins {
            origin.link.take_if(|link| self.codes.is_anothers_page(link));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_page_of_a_council_has_its_number() {
        for (link, number) in [
            ("https://reports.ofsted.gov.uk/provider/44/206", Some("206")),
            ("http://reports.ofsted.gov.uk/provider/44/80481/", Some("80481")),
            ("https://reports.ofsted.gov.uk/provider/44/206?tab=1", Some("206")),
            ("https://reports.ofsted.gov.uk/provider/44/leeds", None),
            ("https://reports.ofsted.gov.uk/search?q=206", None),
            ("https://files.ofsted.gov.uk/v1/file/50172438", None),
        ] {
            assert_eq!(provider_number(link), number, "{link}");
        }
    }

    #[test]
    fn a_page_is_anothers_if_its_number_is_none_of_the_councils_own() {
        let page = |number: &str| format!("https://reports.ofsted.gov.uk/provider/44/{number}");
        let city = Codes { urn: Some("80450".into()), la: Some("201".into()), ..Codes::default() };
        assert_eq!(
            ["201", "80450", "206", "80505"].map(|n| city.is_anothers_page(&page(n))),
            [false, false, true, true]
        );
        assert!(!city.is_anothers_page("https://files.ofsted.gov.uk/v1/file/206"));
        assert!(!Codes::default().is_anothers_page(&page("206")), "nothing is known of the council");
    }
}
