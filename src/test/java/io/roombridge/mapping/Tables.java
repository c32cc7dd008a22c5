package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Tables for tests, read from text as an administrator would write it. */
final class Tables {

    private Tables() {}

    /** @throws AssertionError when the text has a fault */
    static <T> T read(String text, Function<YamlNode, T> reader) {
        List<MappingFault> faults = new ArrayList<>();
        T table = reader.apply(YamlNode.parse("test.yaml", text, faults).orElseThrow());
        assertThat(faults).isEmpty();
        return table;
    }

    static Traits traits(String... namesAndValues) {
        Map<String, List<String>> values = new java.util.HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], List.of(namesAndValues[i + 1].split(",")));
        }
        return new Traits(values);
    }

    /** A shipped file. */
    static <T> T shipped(String file, Function<YamlNode, T> reader) {
        try {
            return read(MappingFolder.shipped().read(file).orElseThrow(), reader);
        } catch (java.nio.charset.CharacterCodingException e) {
            throw new AssertionError(e);
        }
    }
}
