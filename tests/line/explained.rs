//! `article --explain`: what each place of a page said, and whom the decision believed, compared whole with what stands beside the page.

use std::path::Path;

use crate::program::output;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_field_is_shown_with_whom_it_was_believed_from_and_why() {
    for (kind, url) in [
        (
            "almayadeen-english",
            "https://english.almayadeen.net/news/politics/damascus-welcomes-ankaras-offer-on-shared-river-water",
        ),
        (
            "disagreement",
            "https://lowland.example/town/old-canal-opens?from=home",
        ),
    ] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("fixtures")
            .join(kind);
        let page = folder.join("article.html");
        let shown = output(&["article", page.to_str().unwrap(), "--url", url, "--explain"]).await;
        let shown = String::from_utf8(shown.stdout).unwrap();
        let expected = std::fs::read_to_string(folder.join("explained.txt")).unwrap();
        assert_eq!(shown, expected, "{kind}");
    }
}
