package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A mapping file that would grow without end when it is read is a fault with its reason. */
class YamlBombsTest {

    @ParameterizedTest
    @ValueSource(strings = {"a: &a [*a]", "a: &a {b: [1, *a]}", "&a [x, [*a]]"})
    void aBlockThatContainsItselfIsAFault(String yaml) {
        assertThat(faults(yaml)).singleElement().asString().contains("contains itself");
    }

    @Test
    void manyAliasesAreAFault() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [ha, ha, ha, ha]\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertThat(faults(laughs.toString())).singleElement().asString().contains("alias");
    }

    @Test
    void deepNestingAndHugeFilesAreFaults() {
        assertThat(faults("[".repeat(10_000))).hasSize(1);
        assertThat(faults("a: " + "x".repeat(4 << 20))).hasSize(1);
    }

    private static List<MappingFault> faults(String yaml) {
        List<MappingFault> faults = new ArrayList<>();
        YamlNode.parse("bomb.yaml", yaml, faults).ifPresent(YamlNode::json);
        return faults;
    }
}
