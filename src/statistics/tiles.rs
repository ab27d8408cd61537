//! The layout of the map: England as tiles, one for each authority of today. Our own layout, made from the centroids
//! that the Office for National Statistics publishes.

/// One tile of the map.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tile {
    /// The authority's code from the Office for National Statistics.
    pub gss: String,
    /// The column, from 0 in the west.
    pub column: usize,
    /// The row, from 0 in the north.
    pub row: usize,
    /// A name of two or three letters that no other tile has.
    pub short: String,
}

/// The columns and rows of the map.
pub const TILE_GRID: (usize, usize) = (15, 19);

/// Returns the tiles, by region.
pub fn tiles() -> Vec<Tile> {
    let mut reader = csv::Reader::from_reader(include_bytes!("../../assets/tiles.csv").as_slice());
    let tile = |record: csv::StringRecord| {
        let number = |position: usize| record.get(position)?.parse().ok();
        let short = record.get(5)?.to_owned();
        Some(Tile { gss: record.get(0)?.to_owned(), column: number(3)?, row: number(4)?, short })
    };
    reader.records().filter_map(|record| record.ok().and_then(tile)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_authority_of_today_has_one_tile_of_its_own() {
        let record = crate::load::record().unwrap().dataset;
        let tiles = tiles();
        let mut seen = Vec::new();
        for authority in record.authorities.iter().filter(|authority| authority.until.is_none()) {
            let gss = authority.codes.gss.as_deref().unwrap();
            let tile = tiles.iter().find(|tile| tile.gss == gss).unwrap_or_else(|| panic!("{}", authority.name));
            assert!(tile.column < TILE_GRID.0 && tile.row < TILE_GRID.1);
            assert!(!seen.iter().any(|(place, _)| *place == (tile.column, tile.row)), "{}", authority.name);
            assert!(!seen.iter().any(|(_, short)| *short == tile.short) && tile.short.len() <= 3, "{}", tile.short);
            seen.push(((tile.column, tile.row), tile.short.clone()));
        }
        assert_eq!(seen.len(), tiles.len());
    }
}
