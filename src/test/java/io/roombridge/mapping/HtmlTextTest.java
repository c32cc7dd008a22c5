package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HtmlTextTest {

    @Test
    void blocksBecomeLinesAndItemsGetADash() {
        assertThat(HtmlText.of("<div>One<br/>two</div><ul><li>a</li><li>b</li></ul>"))
                .isEqualTo("One\ntwo\n- a\n- b");
    }

    @Test
    void scriptsStylesAndCommentsAreNoText() {
        assertThat(HtmlText.of("<style>p{}</style>a<!-- b --><script type=x>c</script>d"))
                .isEqualTo("ad");
    }

    @Test
    void entitiesAreDecodedAndUnknownOnesStay() {
        assertThat(HtmlText.of("a &amp; b &#233; &#x1F600; &$ &what; &#99999999;"))
                .isEqualTo("a & b é 😀 &$ &what; &#99999999;");
    }

    @Test
    void anEncodedCodeTagIsHarmlessAfterCleaning() {
        assertThat(PlainText.of(HtmlText.of("&#91;code&#93;x"))).isEqualTo("(code)x");
    }

    @Test
    void aSmallerThanSignIsNoTag() {
        assertThat(HtmlText.of("3 < 5 and 7 > 6")).isEqualTo("3 < 5 and 7 > 6");
    }

    @Test
    void aBlockBeginsOnALineOfItsOwn() {
        assertThat(HtmlText.of("Hello<div>world</div><div>again</div><blockquote>quoted</blockquote>"))
                .isEqualTo("Hello\nworld\nagain\nquoted");
    }
}
