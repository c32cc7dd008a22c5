package io.roombridge.sandbox.servicenow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Which tables and fields exist. Read once from {@code dictionary.txt}, which explains its own lines. */
final class Dictionary {

    private static final int DEFAULT_LENGTH = 40;

    private final Map<String, TableDefinition> tables = new LinkedHashMap<>();

    Dictionary() {
        TableDefinition current = null;
        for (String line : lines("dictionary.txt")) {
            if (line.startsWith("[")) {
                current = table(line);
                tables.put(current.name(), current);
            } else if (line.startsWith("-")) {
                current.fields().remove(line.substring(1));
            } else {
                Field field = field(current.name(), line);
                current.fields().put(field.name(), field);
            }
        }
    }

    Optional<TableDefinition> table(Object name) {
        return Optional.ofNullable(tables.get(String.valueOf(name)));
    }

    List<TableDefinition> tables() {
        return List.copyOf(tables.values());
    }

    /** The tables whose rows belong to a query on this table: itself and those that extend it. */
    List<String> family(String table) {
        return tables.values().stream()
                .filter(definition -> definition.is(table))
                .map(TableDefinition::name)
                .toList();
    }

    private TableDefinition table(String header) {
        String[] part = header.substring(1, header.length() - 1).split("\\|", -1);
        Map<String, Field> fields = new LinkedHashMap<>();
        if (!part[2].isEmpty()) {
            fields.putAll(tables.get(part[2]).fields());
        } else {
            for (String system : lines("dictionary-system.txt")) {
                Field field = field(part[0], system);
                fields.put(field.name(), field);
            }
        }
        return new TableDefinition(part[0], part[1], part[2], part[3], part[4], fields);
    }

    private static Field field(String table, String line) {
        String[] part = line.split("\\|", -1);
        boolean readOnly = part[2].endsWith("!");
        Field.Kind kind = Field.Kind.of(readOnly ? part[2].substring(0, part[2].length() - 1) : part[2]);
        String detail = part.length > 3 ? part[3] : "";
        boolean reference = kind == Field.Kind.REFERENCE;
        int length = detail.isEmpty() || reference ? DEFAULT_LENGTH : Integer.parseInt(detail);
        return new Field(table, part[0], part[1], kind, reference ? 32 : length, reference ? detail : "", readOnly);
    }

    /** The lines of a text file beside this class, without comments and empty lines. */
    static List<String> lines(String resource) {
        try (InputStream in = Dictionary.class.getResourceAsStream(resource)) {
            List<String> lines = new ArrayList<>();
            for (String line : new String(in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    lines.add(line.strip());
                }
            }
            return lines;
        } catch (IOException e) {
            throw new UncheckedIOException("the sandbox cannot read its own " + resource, e);
        }
    }
}
