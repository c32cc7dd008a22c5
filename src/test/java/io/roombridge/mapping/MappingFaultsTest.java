package io.roombridge.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What an administrator reads when a file is broken: the file, the place, and what to do. */
final class MappingFaultsTest {

    @TempDir
    private Path folder;

    private record Broken(String file, String text, String told) implements Arguments {
        @Override
        public Object[] get() {
            return new Object[] {this};
        }
    }

    static Stream<Broken> broken() {
        return Stream.concat(brokenMappings(), brokenTables());
    }

    private static Stream<Broken> brokenMappings() {
        return Stream.of(
                new Broken(
                        "incident-update.jslt",
                        "{\n  \"impact\": .priority.impact\n  \"urgency\": 1\n}",
                        "incident-update.jslt:3:3: did not expect 'urgency' here; expected "),
                new Broken(
                        "incident-update.jslt",
                        "{ \"impact\": 'low' }",
                        "incident-update.jslt:1:13: a character that does not belong here, or text without its closing"
                                + " quote; expected JSLT"),
                new Broken(
                        "incident-update.jslt",
                        "{ \"impact\": trunkate(.ticket.title, 3) }",
                        "incident-update.jslt:1:13: there is no function 'trunkate'; expected a function of JSLT or of"
                                + " docs/mapping.md (did you mean truncate?)"),
                new Broken(
                        "incident-update.jslt",
                        "{ \"impact\": truncate(.ticket.title) }",
                        "incident-update.jslt:1:13: truncate() has the wrong number of arguments: 1; expected 2"),
                new Broken(
                        "incident-update.jslt",
                        "{\n \"u_seen\": now() }",
                        "incident-update.jslt:2:12: now() gives another answer each time; expected only what the event"
                                + " says; its time is .event.time"),
                new Broken(
                        "incident-update.jslt",
                        "{ \"impact\": $prio }",
                        "incident-update.jslt:1: No such variable 'prio'; expected fields or a note for the example event"),
                new Broken(
                        "incident-update.jslt",
                        "{ \"impact\": 1, \"impact\": 2 }",
                        "incident-update.jslt:1:16: Invalid object declaration, duplicate key 'impact'; expected a"
                                + " mapping that compiles"),
                new Broken(
                        "incident-update.jslt",
                        "{ \"impact\": 1",
                        "incident-update.jslt:1:13: the file ends too early"),
                new Broken(
                        "incident-update.jslt",
                        "",
                        "incident-update.jslt: the file has no content; expected a mapping"),
                new Broken(
                        "incident-update.jslt",
                        "import \"/etc/passwd\" as x { \"impact\": 1 }",
                        "incident-update.jslt: import: there is no file /etc/passwd in the mapping folder; expected a"
                                + " mapping that compiles"),
                new Broken(
                        "incident-update.jslt",
                        "\"impact\"",
                        "incident-update.jslt: it has to give an object with the fields of the incident; expected"
                                + " fields or a note for the example event"),
                new Broken(
                        "incident-update.jslt",
                        "{ \"Kurzbeschreibung\": \"x\" }",
                        "incident-update.jslt: 'Kurzbeschreibung' is no field name; expected the column name, such as"
                                + " short_description; expected fields or a note for the example event"),
                new Broken(
                        "incident-update.jslt",
                        "{ \"assignment_group\": \"x\" }",
                        "incident-update.jslt: 'assignment_group' is set once, when the incident is made, and then left"
                                + " to people; expected fields or a note for the example event"),
                new Broken(
                        "incident-update.jslt",
                        "{ \"state\": \"2\" }",
                        "incident-update.jslt: 'state' belongs to the bridge or to ServiceNow; remove it; expected fields"
                                + " or a note for the example event"),
                new Broken(
                        "incident-update.jslt",
                        "{ \"u_tags\": .room.tags }",
                        "incident-update.jslt: field 'u_tags' is no text: [\"Sales\"]; lines([…]) makes one text;"
                                + " expected fields or a note for the example event"),
                new Broken(
                        "incident-update.jslt",
                        "{ \"u_where\": .room.location.building + \" \" + .room.name }",
                        "incident-update.jslt: where a field is missing the ticket would read 'null Berlin 4.12';"
                                + " expected line(\"Label\", .field), or fallback(.field, \"something else\") before a +"),
                new Broken(
                        "incident-update.jslt",
                        "{ \"u_site\": lookup(\"sites\", .room.name) }",
                        "incident-update.jslt: lookup(): there is no table sites.yaml; there are hold-reasons, platform; expected"
                                + " fields or a note for the example event"),
                new Broken(
                        "incident-update.jslt",
                        "{ \"u_site\": lookup(\"platforms\", .room.name) }",
                        "incident-update.jslt: lookup(): there is no table platforms.yaml; there are hold-reasons, platform"
                                + " (did you mean platform?)"),
                new Broken(
                        "note-relapse.jslt",
                        "// .room.bilding\n\".room.bilding \" +\n  .room.location.bilding",
                        "note-relapse.jslt:3:18: there is no field .room.location.bilding; expected a field of"
                                + " docs/mapping.md (did you mean building?)"),
                new Broken(
                        "texts.jslt",
                        "def where(view)\n  $view.ticket.titel\n",
                        "texts.jslt:2:16: there is no field .ticket.titel; expected a field of docs/mapping.md (did you"
                                + " mean title?)"),
                new Broken(
                        "note-relapse.jslt",
                        "{ \"note\": \"x\" }",
                        "note-relapse.jslt: a note has to be a text, not {\"note\":\"x\"}; expected fields or a note for"
                                + " the example event"),
                new Broken(
                        "note-message.jslt",
                        "null",
                        "note-message.jslt: a message must not be lost; it has to give a text; expected fields or a note"
                                + " for the example event"),
                new Broken(
                        "note-relapse.jslt",
                        "def again(x) again($x) + 1\nagain(.)",
                        "note-relapse.jslt: a function calls itself without end; expected fields or a note for the"
                                + " example event"),
                new Broken(
                        "incident-creat.jslt", "{}", "incident-creat.jslt: nothing uses this file; expected one of"));
    }

    private static Stream<Broken> brokenTables() {
        return Stream.of(
                new Broken(
                        "severity.yaml",
                        "severities:\n  critical: { impact: 3\n",
                        "severity.yaml:3:1: expected ',' or '}', but got <stream end>; expected YAML"),
                new Broken(
                        "severity.yaml",
                        "a: \u0007",
                        "severity.yaml: special characters are not allowed; expected YAML"),
                new Broken("severity.yaml", "", "severity.yaml: the file is empty; expected YAML"),
                new Broken(
                        "severity.yaml",
                        "severities:\n  critical: { impact: 0, urgency: 1 }\n",
                        "severity.yaml:2:23: '0' is out of range or no number; expected a whole number from 1 to 3"),
                new Broken(
                        "severity.yaml",
                        "severities:\n  crtical: { impact: 1, urgency: 1 }\n",
                        "severity.yaml:2:3: 'crtical' means nothing here; expected one of critical, important, warning,"
                                + " recommended (did you mean critical?)"),
                new Broken(
                        "severity.yaml",
                        "severities: {}\n",
                        "severity.yaml:1:1: severity 'critical' is missing; expected an entry for every severity"),
                new Broken(
                        "severity.yaml",
                        "severities:\n  critical: { impact: 3 }\n",
                        "severity.yaml:2:13: no urgency; expected 'urgency: ' and a whole number from 1 to 3"),
                new Broken(
                        "routing.yaml",
                        "assignment_group:\n  table: sys_user_group\n  by: name\n  rules:\n"
                                + "    - when: { bulding: HQ }\n      use: X\n",
                        "routing.yaml:5:15: 'bulding' means nothing here; expected one of tenant, signal"),
                new Broken(
                        "routing.yaml",
                        "assignment_group:\n  rules: []\n",
                        "routing.yaml:2:3: it is not said where the value is looked up; expected 'table:' and 'by:', such"
                                + " as sys_user_group and name"),
                new Broken(
                        "routing.yaml",
                        "a: { table: t, by: n, rules: [ { use: X } ] }\n",
                        "routing.yaml:1:32: half a rule; expected 'when:' and 'use:'; what holds without a condition is"
                                + " the 'default:'"),
                new Broken(
                        "routing.yaml",
                        "priority: { table: t, by: n, default: X }\n",
                        "routing.yaml:1:11: 'priority' belongs to the bridge or to ServiceNow; expected a reference field"
                                + " of the incident"),
                new Broken(
                        "routing.yaml",
                        "a: { table: t, by: n, rules: [ { per: grup, rows: { X: Y } } ] }\n",
                        "routing.yaml:1:39: 'grup' is no trait; expected one of tenant, signal"),
                new Broken(
                        "routing.yaml",
                        "a: { table: t, by: n, rules: [ { per: group, use: Y } ] }\n",
                        "routing.yaml:1:32: half a rule of rows; expected 'per:' with one trait and 'rows:' with"),
                new Broken(
                        "routing.yaml",
                        "a: { table: t, by: n, rules: [ { when: { room: X }, use: '' } ] }\n",
                        "routing.yaml:1:58: nothing to use; expected a value"),
                new Broken(
                        "routing.yaml",
                        "a: { table: sys_user, by: User ID }\n",
                        "routing.yaml:1:27: 'User ID' is no name of a table or column; expected lower-case letters"),
                new Broken(
                        "routing.yaml",
                        "location: { as: value, default: Berlin }\n",
                        "routing.yaml:1:11: 'location' points to a record of cmn_location; expected 'table:' and 'by:'"),
                new Broken(
                        "routing.yaml",
                        "severity: { as: record, default: 2 }\n",
                        "routing.yaml:1:17: 'as:' takes the place of 'table:' and 'by:'; expected 'as: value'"),
                new Broken(
                        "incident-create.jslt",
                        "{ \"assignment_group\": \"Service Desk\" }",
                        "incident-create.jslt: 'assignment_group' points to a record, and a name alone may mean any or"
                                + " none; write reference(\"sys_user_group\", field, value), a sys_id, or a rule in"
                                + " routing.yaml"),
                new Broken(
                        "redirection.yaml",
                        "parties: { oem: { name: OEM } }\nareas:\n  - { area: a, when: { signal: x }, ours: b,"
                                + " theirs: c, to: vendor }\n",
                        "redirection.yaml:3:61: 'vendor' is no party; expected one of oem"),
                new Broken(
                        "redirection.yaml",
                        "areas:\n  - { area: a, when: { signal: x } }\n",
                        "redirection.yaml:2:5: an area without ours, theirs, to; expected all of area, when"),
                new Broken(
                        "redirection.yaml",
                        "areas:\n  - { area: a, when: { redirection: x }, ours: b, theirs: c, to: d }\n",
                        "redirection.yaml:2:24: 'redirection' means nothing here; expected one of tenant, signal"),
                new Broken(
                        "redirection.yaml",
                        "parties: {}\n",
                        "redirection.yaml:1:1: no areas; expected an entry 'areas:'"),
                new Broken(
                        "languages.yaml",
                        "default: fr\n",
                        "languages.yaml:1:1: there is no knowledge.fr.yaml; expected one of "),
                new Broken(
                        "knowledge.fr.yaml",
                        "unverified: ''\ntopics: []\n",
                        "knowledge.fr.yaml:1:13: 'unverified:' is empty; expected some words"),
                new Broken(
                        "signals.yaml",
                        "categories: { Hardware: hardware }\ndefaults: {}\nsignals:\n"
                                + "  display: { category: Hardwar }\n",
                        "signals.yaml:4:24: 'Hardwar' is no category; expected one of Hardware (did you mean Hardware?)"),
                new Broken(
                        "signals.yaml",
                        "categories: {}\ndefaults: {}\nsignals:\n  display: {}\n  Front of Room: {}\n",
                        "signals.yaml:5:18: signal 'Front of Room' is the same as 'display' above; expected each signal"
                                + " once"),
                new Broken(
                        "signals.yaml",
                        "categories: {}\ndefaults: {}\nsignals:\n  ' ': {}\n",
                        "signals.yaml:4:8: a signal without a name; expected its name"),
                new Broken(
                        "knowledge.yaml",
                        "topics:\n  - actions: [Look]\n",
                        "knowledge.yaml:2:5: a topic for no signal; expected 'signals:' with the names of signals"),
                new Broken(
                        "knowledge.yaml",
                        "topics: Look\n",
                        "knowledge.yaml:1:9: 'Look' is not a list; expected a list, each entry on its own line after a"
                                + " dash"),
                new Broken(
                        "sites.yaml", "berlin: { x: y }\n", "sites.yaml:1:9: a nested block; expected a single text"),
                new Broken(
                        "sites.yaml",
                        "berlin: a\nberlin: b\n",
                        "sites.yaml:2:1: 'berlin' stands here twice; expected each name once"),
                new Broken("example-event.json", "{", "example-event.json:1:2: Unexpected end-of-input"));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void aBrokenFileIsToldWithItsPlaceAndTheRemedy(Broken broken) throws IOException {
        // Given
        Files.writeString(folder.resolve(broken.file()), broken.text());
        // When
        BadMappings bad = catchThrowableOfType(BadMappings.class, () -> Mappings.load(MappingFolder.of(folder)));
        // Then
        assertThat(bad).isNotNull();
        assertThat(bad.faults()).extracting(MappingFault::toString).anyMatch(told -> told.startsWith(broken.told()));
    }

    @Test
    void everyFaultIsToldAtOnce() throws IOException {
        // Given
        Files.writeString(folder.resolve("incident-create.jslt"), "{");
        Files.writeString(folder.resolve("note-relapse.jslt"), "{");
        Files.writeString(folder.resolve("severity.yaml"), "severities: {}");
        // When
        BadMappings bad = catchThrowableOfType(BadMappings.class, () -> Mappings.load(MappingFolder.of(folder)));
        // Then
        assertThat(bad.faults())
                .extracting(MappingFault::file)
                .contains("incident-create.jslt", "note-relapse.jslt", "severity.yaml");
        assertThat(bad).hasMessageStartingWith("The mapping files cannot be used:\n  ");
    }

    @Test
    void aFileThatIsNotUtf8IsTold() throws IOException {
        // Given
        Files.write(folder.resolve("note-relapse.jslt"), "\"zurück\"".getBytes(StandardCharsets.ISO_8859_1));
        // When
        BadMappings bad = catchThrowableOfType(BadMappings.class, () -> Mappings.load(MappingFolder.of(folder)));
        // Then
        assertThat(bad.faults())
                .singleElement()
                .hasToString("note-relapse.jslt: it has bytes that are not UTF-8; expected a file saved as UTF-8");
    }

    @Test
    void aFileOfTheFolderTakesThePlaceOfTheShippedOneAndTheOthersStay() throws IOException {
        // Given
        Files.writeString(folder.resolve("note-relapse.jslt"), "\"Wieder gestört: \" + .room.name");
        // When
        Mappings mappings = Mappings.load(MappingFolder.of(folder));
        // Then
        assertThat(mappings.note(NoteKind.RELAPSE, Examples.event().input())).isEqualTo("Wieder gestört: Berlin 4.12");
        assertThat(mappings.note(NoteKind.INVESTIGATING, Examples.event().input()))
                .contains("System Investigating");
    }

    @Test
    void aNoteIsSwitchedOffWithNull() throws IOException {
        // Given
        Files.writeString(folder.resolve("note-investigating.jslt"), "null");
        // When
        Mappings mappings = Mappings.load(MappingFolder.of(folder));
        // Then
        assertThat(mappings.note(NoteKind.INVESTIGATING, Examples.event().input()))
                .isEmpty();
    }

    @Test
    void aFolderThatIsNotThereIsTheShippedOne() {
        assertThatCode(() -> Mappings.load(MappingFolder.of(folder.resolve("nowhere"))))
                .doesNotThrowAnyException();
    }
}
