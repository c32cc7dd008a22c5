package io.roombridge.correlation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WithoutPersonTest {

    private final WithoutPerson megan = new WithoutPerson("Megan Bowen");

    @Test
    void aNameIsErasedWhereverItStandsAndNoPartOfAnother() {
        assertThat(megan.of("INC1: assigned by megan bowen, read by Megan Bowens"))
                .isEqualTo("INC1: assigned by (erased), read by Megan Bowens");
    }

    @Test
    void whatAPersonSaidIsErasedWithTheName() {
        String event = "{\"data\":{\"text\":\"my phone is 1\",\"actor\":{\"displayName\":\"Megan Bowen\"},"
                + "\"ticket\":{\"title\":\"Camera\"}}}";

        assertThat(megan.of(event))
                .isEqualTo("{\"data\":{\"text\":\"(erased)\",\"actor\":{\"displayName\":\"(erased)\"},"
                        + "\"ticket\":{\"title\":\"Camera\"}}}");
    }

    @Test
    void anEventInsideADocumentIsReadToo() {
        String document = "{\"lastEvent\":\"{\\\"closedBy\\\":\\\"Megan Bowen\\\"}\",\"episode\":2}";

        assertThat(megan.of(document))
                .isEqualTo("{\"lastEvent\":\"{\\\"closedBy\\\":\\\"(erased)\\\"}\",\"episode\":2}");
    }

    @Test
    void anEntryOfThePersonIsErasedWhole() {
        assertThat(megan.of("{\"comments\":\"From the Teams Rooms portal: Megan Bowen, customer\\nmy phone is 1\"}"))
                .isEqualTo("{\"comments\":\"(erased)\"}");
    }

    @Test
    void whatDoesNotNameThePersonStaysLetterByLetter() {
        String spaced = "{ \"text\" : \"Bowen\" }";

        assertThat(megan.of(spaced)).isSameAs(spaced);
    }
}
