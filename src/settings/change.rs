//! Changes one setting in the text of a settings file, and leaves the rest as the person wrote it.

use super::read;

/// Returns the text with a setting at its top level changed to a value in TOML, or added before the first section; `None` if the
/// text is written in a way that this would break.
pub fn changed(text: &str, name: &str, value: &str) -> Option<String> {
    let line = format!("{name} = {value}");
    let (mark, rest) = text.strip_prefix('\u{feff}').map_or(("", text), |rest| ("\u{feff}", rest));
    let end = if rest.contains("\r\n") { "\r\n" } else { "\n" };
    let is_own = |line: &str| {
        let (key, rest) = line.trim_start().split_once('=').unwrap_or((line, ""));
        key.trim_end() == name && !rest.is_empty()
    };
    let mut lines: Vec<&str> = rest.lines().collect();
    let first_section = lines.iter().position(|line| line.trim_start().starts_with('[')).unwrap_or(lines.len());
    match lines.iter_mut().take(first_section).find(|line| is_own(line)) {
        Some(there) => *there = &line,
        None => lines.insert(0, &line),
    }
    let changed = format!("{mark}{}{end}", lines.join(end));
    let (before, after) = (read(text), read(&changed));
    let is_kept = before.settings.bound.len() == after.settings.bound.len();
    (is_kept && after.problems.len() <= before.problems.len()).then_some(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_setting_is_changed_and_the_rest_stays() {
        let text = "# mine\ntheme = \"mono\" # calm\nmouse = true\n\n[keys]\nquit = [\"Q\"]\n";
        let changed = |text, name, value| changed(text, name, value).unwrap();
        let changed_theme = changed(text, "theme", "\"colour-blind\"");
        assert_eq!(changed_theme, text.replace("theme = \"mono\" # calm", "theme = \"colour-blind\""));
        let with_council = changed(text, "council", "'Stoke \"on\" Trent'");
        let settings = read(&with_council).settings;
        assert_eq!(settings.council.map(|set| set.value).as_deref(), Some("Stoke \"on\" Trent"));
        assert_eq!(settings.bound.len(), 1, "added before the sections: {with_council}");
        assert_eq!(changed("", "mouse", "false"), "mouse = false\n");
        assert_eq!(changed("\u{feff}theme = \"mono\"\r\n", "theme", "\"default\""), "\u{feff}theme = \"default\"\r\n");
    }

    #[test]
    fn what_a_change_would_break_is_refused() {
        assert_eq!(changed("\"theme\" = \"mono\"\n", "theme", "\"default\""), None, "the key would be there twice");
    }
}
