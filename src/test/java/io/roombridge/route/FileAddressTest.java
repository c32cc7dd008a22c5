package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.FileJob.State;
import io.roombridge.correlation.LetterFilter;
import io.roombridge.ticket.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a file of the portal is fetched from: addresses that are foreign, expire, or open the file to whoever reads them. */
class FileAddressTest extends OnFilesBench {

    private static final String SIGNATURE = "sig-of-the-signed-address-";

    /** The portal signs each time anew. */
    private int addresses;

    @Test
    void anExpiredAddressIsAskedForAgainAndTheAnswerGoesOn() {
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.portal.expire();
        bench.carryUntilQuiet();
        assertThat(bench.commands("attachment-url")).singleElement().asString().contains("\"attachmentId\":\"a-1\"");

        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).hasSize(1);
        assertThat(bench.commands("attachment-url")).hasSize(1);
    }

    @Test
    void anAddressThatThePortalNeverRenewsIsGivenUpWithANote() {
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.portal.expire();
        for (int i = 0; i < 6; i++) {
            bench.carry();
            bench.pass(Duration.ofMinutes(30));
        }

        assertThat(bench.commands("attachment-url")).hasSize(5).doesNotHaveDuplicates();
        assertThat(bench.file().reason()).contains(Reason.FILE_EXPIRED);
        assertThat(bench.notes()).singleElement().asString().contains("not valid any more");
    }

    @Test
    void whereNothingIsSentToThePortalAnExpiredAddressIsTheEnd() {
        bench.commandsOff();
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.portal.expire();
        bench.carryUntilQuiet();

        assertThat(bench.file().reason()).contains(Reason.FILE_EXPIRED);
        assertThat(bench.commands("attachment-url")).isEmpty();
    }

    @Test
    void anAddressOutsideTheConfiguredHostsIsNotFollowed() {
        bench.attached("a-1", "photo.png", "image/png", 10, "", "http://169.254.169.254/latest/photo.png");
        bench.attached("a-2", "photo.png", "image/png", 10, "", "https://evil.test/photo.png");
        bench.carryUntilQuiet();

        assertThat(bench.notes()).hasSize(2).allMatch(note -> note.contains("is not among roombridge.files.hosts"));
    }

    @Test
    void theSignatureOfAnAddressIsNowhereInTheStoreWhenTheFileIsCarried() {
        signed("a-1", "photo.png", PHOTO);
        assertThat(store())
                .as("without it the file could not be fetched after a restart")
                .contains(SIGNATURE);

        bench.carryUntilQuiet();
        signed("a-1", "photo.png", PHOTO);
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).hasSize(1);
        assertThat(store()).contains("photo.png").doesNotContain(SIGNATURE);
    }

    @Test
    void norWhenItWasRefused() {
        signed("a-1", "setup.exe", PHOTO);
        bench.carryUntilQuiet();

        assertThat(bench.file().state()).isEqualTo(State.REFUSED);
        assertThat(store()).contains("setup.exe").doesNotContain(SIGNATURE);
    }

    /** The event waited as a dead letter, which has to keep the address. */
    @Test
    void norWhenADeadEventWithItWasReplayed() {
        bench.serviceNow().switches().mandatoryOnInsert().add("business_service");
        bench.bench.deliver(PortalEvent.of("room-77", "Camera").opened(1));
        bench.bench.deliver(PortalEvent.of("room-77", "Camera")
                .attachment("a-9", "photo.png", "image/png", PHOTO.length, "", address("a-9", PHOTO)));
        assertThat(store()).contains(SIGNATURE);
        bench.serviceNow().switches().mandatoryOnInsert().clear();

        askForAll();
        bench.bench.replayAll();
        bench.carryUntilQuiet();

        String incident =
                bench.bench.ticket("room-77", "Camera").current().orElseThrow().sysId();
        assertThat(bench.serviceNow().desk().attachments(incident)).hasSize(1);
        assertThat(store()).doesNotContain(SIGNATURE);
    }

    /** The address is gone with the file that was given up, so the portal is asked for another one. */
    @Test
    void aFileThatWasGivenUpIsFetchedFromAFreshAddressWhenItIsReplayed() {
        byte[] other = PHOTO.clone();
        other[0]++;
        bench.attached("a-1", "photo.png", "image/png", PHOTO.length, FilesBench.sha256(PHOTO), address("a-1", other));
        bench.carryUntilQuiet();
        assertThat(bench.file().reason()).contains(Reason.EXHAUSTED);
        assertThat(store()).doesNotContain(SIGNATURE);

        askForAll();
        bench.bench.replayAll();
        bench.carryUntilQuiet();
        assertThat(bench.commands("attachment-url")).hasSize(1);
        signed("a-1", "photo.png", PHOTO);
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).hasSize(1);
    }

    private void signed(String id, String name, byte[] bytes) {
        bench.attached(id, name, "image/png", bytes.length, FilesBench.sha256(bytes), address(id, bytes));
    }

    private String address(String id, byte[] bytes) {
        return bench.portal.holding(id, bytes) + "&" + SIGNATURE + ++addresses;
    }

    private void askForAll() {
        bench.bench
                .letters()
                .ask(
                        new LetterFilter(List.of(), LetterFilter.OPEN, Optional.empty(), Optional.empty()),
                        "Beth Anglin",
                        "The instance was mended",
                        bench.bench.clock.instant());
    }

    /** Every row of every table, as SQL. */
    private String store() {
        return bench.bench
                .jdbi()
                .withHandle(handle -> String.join(
                        "\n", handle.createQuery("script").mapTo(String.class).list()));
    }
}
