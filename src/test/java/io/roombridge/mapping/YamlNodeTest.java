package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class YamlNodeTest {

    @Test
    void onlyWhatJsonWouldReadAsSuchIsANumberATruthValueOrNull() {
        // Given
        String yaml = """
                number: 12
                negative: -3
                true: true
                nothing: null
                time: 11:30
                octal: 012
                hex: 0x1F
                switch: on
                date: 2026-06-01
                quoted: "12"
                list: [a, 1]
                """;
        // Then
        assertThat(Tables.read(yaml, YamlNode::json))
                .hasToString("{\"number\":12,\"negative\":-3,\"true\":true,\"nothing\":null,\"time\":\"11:30\","
                        + "\"octal\":\"012\",\"hex\":\"0x1F\",\"switch\":\"on\",\"date\":\"2026-06-01\","
                        + "\"quoted\":\"12\",\"list\":[\"a\",1]}");
    }
}
