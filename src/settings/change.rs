//! Changes one setting in the text of a settings file, and leaves the rest as the person wrote it.

/// Returns the text with a setting at its top level changed to a value in TOML, or added before the first section.
pub fn changed(text: &str, name: &str, value: &str) -> String {
    let line = format!("{name} = {value}");
    let is_own = |line: &str| {
        let (key, rest) = line.trim_start().split_once('=').unwrap_or((line, ""));
        key.trim_end() == name && !rest.is_empty()
    };
    let first_section = text.lines().position(|line| line.trim_start().starts_with('[')).unwrap_or(usize::MAX);
    let own = text.lines().take(first_section).position(is_own);
    let mut lines: Vec<&str> = text.lines().collect();
    match own.and_then(|at| lines.get_mut(at)) {
        Some(there) => *there = &line,
        None => lines.insert(first_section.min(lines.len()), &line),
    }
    lines.join("\n") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::settings::read;

    #[test]
    fn one_setting_is_changed_and_the_rest_stays() {
        let text = "# mine\ntheme = \"mono\" # calm\nmouse = true\n\n[keys]\nquit = [\"Q\"]\n";
        let changed_theme = changed(text, "theme", "\"colour-blind\"");
        assert_eq!(changed_theme, text.replace("theme = \"mono\" # calm", "theme = \"colour-blind\""));
        let with_council = changed(text, "council", "'Stoke \"on\" Trent'");
        let settings = read(&with_council).settings;
        assert_eq!(settings.council.map(|set| set.value).as_deref(), Some("Stoke \"on\" Trent"));
        assert_eq!(settings.bound.len(), 1, "added before the sections: {with_council}");
        assert_eq!(changed("", "mouse", "false"), "mouse = false\n");
    }
}
