//! Pages that tell of one picture in several places, and which of its files is taken.

use super::super::json_ld::{JsonLd, Known};
use super::super::{json_ld, meta, survey};
use super::*;

/// The lead image of a page whose head and body are these: the end of its address, its width and height.
fn image_of(head: &str, body: &str) -> Option<(String, Option<u32>, Option<u32>)> {
    let page = scraper::Html::parse_document(&format!("<head>{head}</head><body>{body}</body>"));
    let survey = survey::survey(&page);
    let mut evidence = Evidence::default();
    meta::hear(&survey, &mut evidence);
    let json_ld = JsonLd::parse(&survey.scripts);
    let blocks = json_ld.blocks(&Known {
        pages: Vec::new(),
        titles: Vec::new(),
    });
    json_ld::hear(&json_ld, &blocks, &mut evidence);
    let base = Url::parse("https://a.example/").unwrap();
    let pictures = Pictures {
        survey: &survey,
        title: None,
        base: &base,
        sizes: Sizes::of_page(&json_ld, &blocks, &survey, &base),
    };
    let image = lead_image(&evidence, &pictures).value?;
    let address = image.url.as_str().strip_prefix("https://a.example/");
    Some((address.unwrap().to_owned(), image.width, image.height))
}

fn og(address: &str) -> String {
    format!("<meta property=og:image content='/{address}'>")
}

fn json_ld(image: &str) -> String {
    format!(
        "<script type=application/ld+json>{{\"@type\":\"NewsArticle\",\"image\":{image}}}</script>"
    )
}

#[test]
fn the_widest_file_of_the_most_trusted_picture_is_taken_with_its_size() {
    let sized = "<meta property=og:image:width content=640><meta property=og:image:height content='360 px'>";
    for (head, body, expected) in [
        (
            og("river-flood-300x200.jpg"),
            "<img src=/river-flood-600x400.jpg>",
            ("river-flood-600x400.jpg", Some(600), Some(400)),
        ),
        (
            og("river-flood.jpg?w=400"),
            "<img src=/river-flood.jpg?w=1200>",
            ("river-flood.jpg?w=1200", None, None),
        ),
        // Wide enough.
        (
            og("river-flood-1200x630.jpg"),
            "<img src=/river-flood-2048x1365.jpg>",
            ("river-flood-1200x630.jpg", Some(1200), Some(630)),
        ),
        // Another cut.
        (
            og("river-flood-600x300.jpg"),
            "<img src=/river-flood-1024x683.jpg>",
            ("river-flood-600x300.jpg", Some(600), Some(300)),
        ),
        // Another picture, a name that says too little, and a picture whose width nobody tells: it may be the largest.
        (
            og("river-flood-300x200.jpg"),
            "<img src=/river-bank-1024x683.jpg>",
            ("river-flood-300x200.jpg", Some(300), Some(200)),
        ),
        (
            og("flood-300x200.jpg"),
            "<img src=/flood-1024x683.jpg>",
            ("flood-300x200.jpg", Some(300), Some(200)),
        ),
        (
            og("river-flood.jpg"),
            "<img src=/river-flood-300x200.jpg>",
            ("river-flood.jpg", None, None),
        ),
        // Machines are told the sizes.
        (
            og("river-flood.jpg") + sized,
            "",
            ("river-flood.jpg", Some(640), Some(360)),
        ),
        (
            og("a/river-flood.jpg")
                + sized
                + &og("b/river-flood.jpg")
                + &json_ld(
                    r#"[{"@type":"ImageObject","url":"/c/river-flood.jpg","width":"1400px","height":"933"},
                    {"@type":"ImageObject","url":"/d/river-flood.jpg","width":{"@type":"QuantitativeValue","value":1920},"height":1080},
                    {"@type":"ImageObject","url":"/e/river-flood.jpg","width":1920,"height":1920},
                    {"@type":"ImageObject","url":"/the-other-bank.jpg","width":4000,"height":3000}]"#,
                ),
            "",
            ("d/river-flood.jpg", Some(1920), Some(1080)),
        ),
        (
            json_ld(
                r#"{"@type":"ImageObject","name":"The flood","url":"/flood.html","contentUrl":"/flood.jpg","width":900,"height":600}"#,
            ),
            "<img src=/flood.jpg width=300 height=200>",
            ("flood.jpg", Some(900), Some(600)),
        ),
        // A file's width stands in `srcset`; the element's own size is the layout's where there is a choice of files.
        (
            og("river-flood-300x200.jpg"),
            "<img src=/river-flood-300x200.jpg width=300 height=200 srcset='/river-flood-300x200.jpg 300w, /river-flood.jpg 1024w'>",
            ("river-flood.jpg", Some(1024), Some(683)),
        ),
        (
            String::new(),
            "<img src=/river-flood.jpg width=700 height='400px'>",
            ("river-flood.jpg", Some(700), Some(400)),
        ),
        // The size of a small rendition is not that of the picture.
        (
            og("original/river-flood.jpg"),
            "<img src=/small/river-flood.jpg width=300 height=200>",
            ("original/river-flood.jpg", None, None),
        ),
    ] {
        let (address, width, height) = expected;
        let expected = Some((address.to_owned(), width, height));
        assert_eq!(image_of(&head, body), expected, "{head} {body}");
    }
}

#[test]
fn a_logo_and_a_stand_in_are_no_pictures_of_an_article() {
    for (address, stands_in) in [
        ("logo-share.png", true),
        ("site_logo.png", true),
        ("default.jpg", true),
        ("og-default-2.jpg", true),
        ("flood.svg", true),
        ("logos-of-the-deep.jpg", false),
        (
            "70a5657e-e41a-4f45-9d4b-fa328718dfb6_wide_default_0.jpg",
            false,
        ),
        ("1959d47c2172425e8e5531049d59ac94-default.jpg", false),
        ("defaulted-on-its-debt.jpg", false),
    ] {
        let url = Url::parse(&format!("https://a.example/{address}")).unwrap();
        assert_eq!(is_placeholder(&url), stands_in, "{address}");
    }
}
