package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.roombridge.correlation.Audit;
import io.roombridge.correlation.Audit.Entry;
import io.roombridge.correlation.Erasure;
import io.roombridge.correlation.LetterFilter;
import io.roombridge.correlation.Mutes;
import io.roombridge.correlation.Mutes.Mute;
import io.roombridge.correlation.Pauses.Direction;
import io.roombridge.correlation.Pauses.Pause;
import io.roombridge.mapping.MappingDirectory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever changes how the bridge acts has one entry: who, when, what, from what to what, in the transaction of the change. */
class AuditTest {

    private static final LetterFilter OPEN =
            new LetterFilter(List.of(), LetterFilter.OPEN, Optional.empty(), Optional.empty());

    private final Bench bench = Bench.inMemory();
    private final Audit audit = bench.books().audit();

    @AfterEach
    void closeBench() {
        bench.close();
    }

    private Instant now() {
        return bench.clock.instant();
    }

    private List<Entry> entries(String act) {
        return audit.since(Instant.EPOCH, Optional.of(act), 100);
    }

    private void told(String act, String by, String subject, String was, String became, String reason) {
        assertThat(entries(act)).containsExactly(new Entry(now(), by, act, subject, was, became, reason));
    }

    private Pause pause(String reason) {
        return new Pause(Direction.TO_SERVICENOW, "contoso", now(), "Beth Anglin", reason);
    }

    private Mute mute(Duration time) {
        Mutes.Subject room = new Mutes.Subject("contoso", "room:room-1", "room room-1");
        return new Mute(0, room, now(), now().plus(time), "Beth Anglin", "rebuilt", Optional.empty());
    }

    private void aLetter() {
        bench.serviceNow.switches().mandatoryOnInsert().add("business_service");
        bench.deliver(PortalEvent.of("room-1", "Camera").opened(1));
    }

    private static MappingDirectory files(Map<String, String> byPath) {
        return new MappingDirectory(
                byPath.entrySet().stream()
                        .collect(Collectors.toMap(
                                Map.Entry::getKey, file -> file.getValue().getBytes(StandardCharsets.UTF_8))),
                true);
    }

    private void taken(Map<String, String> byPath) {
        MappingDirectory directory = files(byPath);
        bench.books().releases().taken(directory.version(), directory.digests(), Optional.empty(), now());
    }

    @Test
    void aPauseAndItsEnd() {
        bench.books().pauses().pause(pause("change freeze"));
        bench.books().pauses().pause(pause("again, which changes nothing"));
        told("paused", "Beth Anglin", "to-servicenow of contoso", "open", "paused", "change freeze");

        bench.books().pauses().resume(pause("over"));
        bench.books().pauses().resume(pause("over, which changes nothing"));
        told("resumed", "Beth Anglin", "to-servicenow of contoso", "paused", "open", "over");
    }

    @Test
    void aMuteItsRenewalAndItsEnd() {
        bench.books().mutes().mute(mute(Duration.ofHours(1)));
        String first =
                "muted until " + now().plus(Duration.ofHours(1)).toString().toLowerCase(Locale.ROOT);
        told("muted", "Beth Anglin", "room room-1 of contoso", "heard", first, "rebuilt");

        bench.books().mutes().mute(mute(Duration.ofHours(2)));
        assertThat(entries("muted")).extracting(Entry::was).contains(first);

        long id = bench.books().mutes().holding(now()).get(0).id();
        bench.books().mutes().unmute(id, "Megan Bowen", "done", now());
        assertThat(entries("unmuted"))
                .singleElement()
                .satisfies(entry ->
                        assertThat(List.of(entry.by(), entry.became())).containsExactly("Megan Bowen", "heard"))
                .satisfies(entry -> assertThat(entry.was()).startsWith("muted until "));
    }

    @Test
    void aDeadLetterThatIsReplayedAndOneThatIsDropped() {
        aLetter();
        String change = bench.letters().list(OPEN, 1).get(0).letter().change().value();
        bench.letters().ask(OPEN, "Beth Anglin", "the policy was changed", now());
        told("dead-letter-asked", "Beth Anglin", change, "dead", "asked", "the policy was changed");

        bench.replay();
        assertThat(entries("dead-letter-failed-again"))
                .singleElement()
                .satisfies(entry -> assertThat(List.of(entry.by(), entry.was(), entry.became()))
                        .containsExactly(Audit.BRIDGE, "dead", "dead"));

        bench.letters().drop(OPEN, "Beth Anglin", "the room is gone", now());
        told("dead-letter-dropped", "Beth Anglin", change, "dead", "dropped", "the room is gone");
    }

    @Test
    void aBrakeThatIsLetGo() {
        bench.closings().release("contoso", now(), "Beth Anglin", "a real outage");

        told("brake-released", "Beth Anglin", "contoso", "held", "released", "a real outage");
    }

    @Test
    void mappingFilesThatWereForced() {
        bench.books().releases().release("0123456789ab", "Beth Anglin", now());
        bench.books().releases().release("0123456789ab", "Megan Bowen", now());

        told("mapping-forced", "Beth Anglin", "mapping files", "", "0123456789ab", "");
    }

    @Test
    void settingsThatChangedAreNamedAndTheirValuesAreNot() {
        audit.started(now(), "shadow", "1", Map.of("roombridge.mode", "a", "roombridge.poll.interval", "b"));
        bench.clock.advance(Duration.ofDays(1));
        audit.started(now(), "shadow", "1", Map.of("roombridge.mode", "a", "roombridge.poll.interval", "b"));
        bench.clock.advance(Duration.ofDays(1));
        audit.started(now(), "live", "2", Map.of("roombridge.mode", "c", "roombridge.poll.lag", "d"));

        assertThat(entries("started").stream().filter(entry -> entry.subject().equals("mode")))
                .extracting(entry -> entry.was() + ">" + entry.became())
                .containsExactly("shadow>live", "shadow>shadow", ">shadow");
        assertThat(entries("started").stream().filter(entry -> entry.subject().equals("settings")))
                .extracting(entry -> entry.was() + ">" + entry.became() + " " + entry.reason())
                .containsExactly(
                        "1>2 changed: roombridge.mode, roombridge.poll.interval, roombridge.poll.lag",
                        "1>1 settings as before",
                        ">1 the first time");
    }

    @Test
    void aChangeOfTheScopeIsKnownFromOtherMappingFiles() {
        taken(Map.of());
        taken(Map.of("incident-create.jslt", "{}"));
        assertThat(entries("scope-changed")).isEmpty();
        assertThat(entries("mapping-activated")).hasSize(2);

        Map<String, String> narrow = Map.of("incident-create.jslt", "{}", "scope.yaml", "include: []");
        taken(narrow);
        taken(narrow);
        assertThat(entries("mapping-activated")).as("told once").hasSize(3);
        String digest = files(narrow).digests().get("scope.yaml");
        told("scope-changed", Audit.BRIDGE, "scope.yaml", "none", digest, "");

        taken(Map.of("incident-create.jslt", "{}", "tenants/contoso/scope.yaml", "include: []"));
        assertThat(entries("scope-changed"))
                .extracting(entry -> entry.subject() + " " + entry.became())
                .contains(
                        "scope.yaml none",
                        "tenants/contoso/scope.yaml "
                                + files(Map.of("tenants/contoso/scope.yaml", "include: []"))
                                        .digests()
                                        .get("tenants/contoso/scope.yaml"));
    }

    /** Nothing may change unseen: where the entry cannot be written, there is no change. */
    @Test
    void withoutItsEntryThereIsNoChange() {
        aLetter();
        bench.books().mutes().mute(mute(Duration.ofHours(1)));
        long mute = bench.books().mutes().holding(now()).get(0).id();
        bench.books().pauses().pause(new Pause(Direction.TO_PORTAL, "*", now(), "Beth Anglin", "freeze"));
        List<String> before = state();
        for (String table : List.of("audit_entry", "dead_letter_act", "brake_release")) {
            bench.jdbi().useHandle(handle -> handle.execute("alter table " + table + " rename to away_" + table));
        }

        for (Runnable act : List.<Runnable>of(
                () -> bench.books().pauses().pause(pause("freeze")),
                () -> bench.books().pauses().resume(new Pause(Direction.TO_PORTAL, "*", now(), "Beth Anglin", "over")),
                () -> bench.books().mutes().mute(mute(Duration.ofHours(2))),
                () -> bench.books().mutes().unmute(mute, "Beth Anglin", "done", now()),
                () -> bench.letters().ask(OPEN, "Beth Anglin", "again", now()),
                () -> bench.letters().drop(OPEN, "Beth Anglin", "gone", now()),
                () -> new Erasure(bench.jdbi()).erase("Room room-1", "Beth Anglin", "request", now()),
                () -> audit.started(now(), "live", "2", Map.of()),
                () -> taken(Map.of("scope.yaml", "include: []")))) {
            assertThatThrownBy(act::run).isInstanceOf(JdbiException.class);
        }

        assertThat(state()).isEqualTo(before);
    }

    /** Everything that these acts change. */
    private List<String> state() {
        return bench.jdbi()
                .withHandle(
                        handle -> List.of("pause", "mute", "room_fact", "dead_letter", "audit_known", "ticket").stream()
                                .flatMap(table -> handle.createQuery("select * from " + table).mapToMap().stream())
                                .map(Object::toString)
                                .map(row -> row.replaceAll("clob\\d+", "clob"))
                                .toList());
    }
}
