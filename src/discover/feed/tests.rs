//! Facts about which reader serves which feed, and that both tell the same.

use url::Url;

use super::{hints, lenient, well_formed};
use crate::dates::Setting;
use crate::model::ListingItem;

fn page() -> Url {
    Url::parse("https://a.example/feed").unwrap()
}

fn items(rows: super::Rows) -> (Vec<ListingItem>, Option<Url>) {
    let setting = Setting {
        language: None,
        zone: chrono_tz::Europe::Madrid,
        now: "2025-10-03T09:00:00Z".parse().unwrap(),
        order: None,
    };
    let items = rows.items.iter();
    (
        items
            .map(|item| hints::listing_item(item, &setting))
            .collect(),
        rows.next,
    )
}

fn rss(channel: &str) -> String {
    format!(
        "<?xml version='1.0' encoding='windows-1256'?><rss version='2.0' xmlns:media='m'
           xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:dc='http://purl.org/dc/elements/1.1/'
           xmlns:itunes='http://www.itunes.com/dtds/podcast-1.0.dtd' xmlns:atom='http://www.w3.org/2005/Atom'>
           <channel><title>Feed</title>{channel}</channel></rss>"
    )
}

fn atom(entries: &str) -> String {
    format!(
        "<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='ar'><title>F</title>{entries}</feed>"
    )
}

#[test]
fn the_libraries_and_the_lenient_reader_tell_the_same_of_a_plain_feed() {
    for feed in [
        rss(
            "<language>ar</language><atom:link rel='next' href='?page=2'/>
            <item><title>غزة &amp; A&#160;B</title><link>/one?a=1&amp;b=2</link>
            <description><![CDATA[<p>Two lines&nbsp;[&#8230;]</p>]]></description>
            <pubDate>Thu, 02 Oct 2025 16:30:00 +0200</pubDate><guid isPermaLink='false'>https://a.example/?p=1</guid>
            <category>Gaza</category><category domain='x'>Rain</category><source url='https://b.example'>Reuters</source>
            <author>desk@a.example (Ann Lee)</author><dc:creator>Ben Okri</dc:creator><dc:creator>Ann Lee</dc:creator>
            <content:encoded><![CDATA[<p>All of it.</p>]]></content:encoded>
            <enclosure url='/a.mp3' length='12' type='audio/mpeg'/><itunes:duration>1:30</itunes:duration>
            <itunes:image href='/i.jpg'/><itunes:keywords>Sea, Port</itunes:keywords></item>",
        ),
        rss(
            "<item><title>Pictures</title><guid>https://a.example/two</guid><dc:date>2025-10-01</dc:date>
            <dc:subject>Sea</dc:subject><media:group><media:content url='/1.jpg' medium='image' width='9' height='5'/>
            <media:content url='/2.mp4' type='video/mp4' fileSize='7' duration='60'/></media:group>
            <media:thumbnail url='/t.jpg'/><media:keywords>port</media:keywords></item><item/>",
        ),
        "<rss version='2.0' xml:base='https://b.example/x/' xml:lang='fr'><channel><item><link>one</link></item></channel></rss>"
            .to_owned(),
        atom(
            "<link rel='next' href='?p=2'/><entry><title type='html'>A &lt;em&gt;slow&lt;/em&gt; tram</title>
            <link href='/tram'/><link rel='enclosure' type='video/mp4' href='/t.mp4' length='99'/><id>tag:a,1</id>
            <published>2025-09-30T10:00:00Z</published><updated>2025-10-01T11:30:00.5+01:00</updated>
            <author><name>Ben Okri</name><email>b@a.example</email></author><author><name>Ann Lee</name></author>
            <category term='trams' label='Trams'/><category term='rain'/><summary>Slow.</summary>
            <content type='xhtml'><div xmlns='x'><p>It left at <b>ten</b> &amp; came.</p></div></content></entry>
            <entry><title>Plain</title><id>https://a.example/2</id><updated>2025-10-01T00:00:00Z</updated>
            <content>With a &lt;tag&gt;.

And more.</content></entry>
            <entry><title>Undated</title><id>https://a.example/3</id><content type='html'>&lt;p&gt;x&lt;/p&gt;</content></entry>",
        ),
    ] {
        let library = well_formed::rows(&feed, &page()).unwrap_or_else(|| panic!("{feed}"));
        let lenient = lenient::rows(&feed, &page()).unwrap();
        assert_eq!(items(library), items(lenient), "{feed}");
    }
}

#[test]
fn what_the_libraries_would_lose_or_refuse_is_left_to_the_lenient_reader() {
    let deep = |name: &str| format!("<item>{}", format!("<{name}>").repeat(20_000));
    let many = "<item><title>x</title></item>".repeat(super::MOST_ITEMS + 1);
    let names: String = (0..100).map(|n| format!(" xmlns:n{n}='{n}'")).collect();
    for feed in [
        rss("<item><title>Broken off"),
        rss("<item><title>A & B</title></item>"),
        rss("<item><title>A</b></title></item>"),
        rss("<item><enclosure url='/1.mp3'/><enclosure url='/2.mp3'/></item>"),
        rss("<item><title>x</title><pubdate>Thu, 02 Oct 2025 16:30:00 +0200</pubdate></item>"),
        rss("<item><title>x</title><updated>2025-10-01T00:00:00Z</updated></item>"),
        rss("<item><link href='/one'/></item>"),
        rss("<item xml:base='https://b.example/'><link>one</link></item>"),
        rss(&deep("media:group")),
        rss(&deep("b")),
        rss(&many),
        rss(&format!("<item{names}><title>x</title></item>")),
        "<rdf:RDF xmlns:rdf='r'><item><title>x</title></item></rdf:RDF>".to_owned(),
        "<rss><item><title>Beside its channel</title></item></rss>".to_owned(),
        atom("<entry xml:lang='en'><title>x</title></entry>"),
        atom("<entry><title>x</title><updated>2025-10-01T00:00:00</updated></entry>"),
        atom("<entry><title>x</title><published>yesterday</published></entry>"),
        atom("<entry><title>x</title><issued>2025-10-01T00:00:00Z</issued></entry>"),
        "<feed version='0.3'><entry><title>x</title></entry></feed>".to_owned(),
        "<a:feed xmlns:a='http://www.w3.org/2005/Atom'><a:entry/></a:feed>".to_owned(),
        "<html><p>No feed".to_owned(),
        String::new(),
    ] {
        let found = well_formed::rows(&feed, &page());
        let head: String = feed.chars().take(400).collect();
        assert_eq!(found, None, "{head}");
    }
}
