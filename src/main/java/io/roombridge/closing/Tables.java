package io.roombridge.closing;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Reads the tables that travel inside the jar. A missing or broken one is a fault of the build, so it stops the start. */
final class Tables {

    private static final YAMLMapper YAML = new YAMLMapper();

    private Tables() {}

    /** The rows of a comma separated table; lines that begin with # are notes. */
    static List<String[]> rows(String name) {
        try (InputStream in = open(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .map(line -> line.split(","))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the table " + name, e);
        }
    }

    static JsonNode yaml(String name) {
        try (InputStream in = open(name)) {
            return YAML.readTree(in);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read the table " + name, e);
        }
    }

    /** A table of an administrator's own. */
    static JsonNode parsed(String yaml) throws IOException {
        return YAML.readTree(yaml);
    }

    private static InputStream open(String name) {
        InputStream in = Tables.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("the table " + name + " is missing from " + Tables.class.getPackageName());
        }
        return in;
    }
}
