package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.roombridge.correlation.DeadLetter;
import io.roombridge.correlation.FileJob.State;
import io.roombridge.correlation.Intent;
import io.roombridge.files.FilePolicy.Allows;
import io.roombridge.sandbox.servicenow.Attachment;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import io.roombridge.sandbox.servicenow.Switches;
import io.roombridge.ticket.Lane;
import io.roombridge.ticket.Reason;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Files between the portal and ServiceNow: each once, whole, and what stays is said once. */
class CarryFilesTest extends OnFilesBench {

    @Test
    void aPhotoOfThePortalIsAttachedUnderASafeName() {
        bench.attached("a-1", "r\u00E4um\u202Egpj \uD83D\uDE00.png", "image/png", PHOTO);
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).singleElement().satisfies(file -> {
            assertThat(file.fileName()).isEqualTo("r\u00E4umgpj \uD83D\uDE00.png");
            assertThat(file.content()).isEqualTo(PHOTO);
            assertThat(file.contentType()).isEqualTo("image/png");
        });
        assertThat(bench.file().state()).isEqualTo(State.DONE);
        assertThat(bench.notes()).isEmpty();
        assertThat(directory.resolve("files")).isEmptyDirectory();
    }

    @Test
    void aPhotoOfTheDeskIsPutForThePortalAndTheRelayIsTold() {
        String sysId = bench.attach("wiring \uD83D\uDE00.png", "image/png", PHOTO);
        bench.poll();
        bench.carryUntilQuiet();

        String path = "/in/contoso/rb-file-main-" + sysId + "/wiring \uD83D\uDE00.png";
        assertThat(bench.contents().get(path)).isEqualTo(PHOTO);
        assertThat(bench.commands("attachment-add"))
                .singleElement()
                .satisfies(command -> assertThat(command)
                        .contains(
                                "\"id\":\"rb-file-main-" + sysId + "\"", FilesBench.sha256(PHOTO), "\"size\":200000"));
        assertThat(bench.notes()).isEmpty();
    }

    @Test
    void anOfferMadeAgainCarriesNothingAgain() {
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.carryUntilQuiet();
        String sysId = bench.attach("wiring.png", "image/png", new byte[10]);
        bench.poll();
        bench.carryUntilQuiet();
        bench.attached(
                "a-1", "photo.png", "image/png", PHOTO.length, "", bench.portal.holding("a-1", PHOTO) + "&again");
        bench.poll();
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).hasSize(2);
        assertThat(bench.portal.puts).hasValue(1);
        assertThat(bench.commands("attachment-add"))
                .hasSize(1)
                .first()
                .asString()
                .contains(sysId);
    }

    @Test
    void noFileComesBackToWhereItCameFrom() {
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.carryUntilQuiet();
        String sysId = bench.attach("wiring.png", "image/png", new byte[10]);
        bench.poll();
        bench.carryUntilQuiet();
        // The relay shows the file it was given, without the command's id: known by its content.
        bench.attached("a-2", "wiring.png", "image/png", new byte[10]);
        bench.attached("a-3", "wiring.png", "image/png", 10, "", bench.portal.holding("a-3", new byte[10]));
        bench.poll();
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).extracting(Attachment::fileName).containsExactly("photo.png", "wiring.png");
        assertThat(bench.commands("attachment-add")).singleElement().asString().contains(sysId);
        assertThat(bench.files())
                .filteredOn(job -> job.reason().equals(Optional.of(Reason.OWN_WRITE)))
                .hasSize(3);
        assertThat(bench.notes()).isEmpty();
    }

    @Test
    void whatMayNotTravelLeavesOneNoteThatNamesTheFileItsSizeAndTheReason() {
        bench.attached("a-1", "setup[code].exe", "application/x-msdownload", new byte[2048]);
        bench.carryUntilQuiet();
        bench.restart();
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).isEmpty();
        assertThat(bench.notes())
                .singleElement()
                .asString()
                .contains("\"setup(code).exe\" (2.0 KB)", "was not attached", "not let through")
                .containsPattern("ref rb-[0-9a-f]{16}$");
    }

    @Test
    void aNoteWhoseAnswerNeverCameIsWrittenOnce() {
        bench.serviceNow().faults().on(RequestMatcher.method("PATCH")).next(1, Fault.timeoutAfterCommit());
        bench.attached("a-1", "setup.exe", "application/x-msdownload", new byte[2048]);
        bench.carryUntilQuiet();

        assertThat(bench.notes()).hasSize(1);
        assertThat(bench.file().note()).isEmpty();
    }

    @Test
    void aLogBundleTravelsAndItsNoteSaysThatItIsInternal() {
        bench.attached("a-1", "logs.zip", "application/zip", PHOTO);
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).hasSize(1);
        assertThat(bench.notes()).singleElement().asString().contains("logs.zip", "for internal use");
    }

    @Test
    void aDirectionThatIsOffSaysSo() {
        bench.allowing(Allows.OFF, Allows.OFF);
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.attach("wiring.png", "image/png", new byte[10]);
        bench.poll();
        bench.carryUntilQuiet();

        assertThat(bench.notes()).hasSize(2).allMatch(note -> note.contains("switched off in this direction"));
        assertThat(bench.commands("attachment-add")).isEmpty();
    }

    @Test
    void aContentThatIsNotTheAnnouncedOneIsTriedAndThenGivenUpForAPerson() {
        byte[] other = PHOTO.clone();
        other[0]++;
        bench.attached(
                "a-1",
                "photo.png",
                "image/png",
                PHOTO.length,
                FilesBench.sha256(PHOTO),
                bench.portal.holding("a-1", other));
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).isEmpty();
        assertThat(bench.file().reason()).contains(Reason.EXHAUSTED);
        assertThat(bench.notes()).singleElement().asString().contains("not the one that the portal announced");
        assertThat(bench.bench.store().deadLetters())
                .extracting(DeadLetter::lane, DeadLetter::state)
                .containsExactly(tuple(Lane.FILES, DeadLetter.State.DEAD));
    }

    @Test
    void aContentServerThatIsDownIsWaitedForAsLongAsItTakes() {
        bench.portal.down.set(30);
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).hasSize(1);
        assertThat(bench.notes()).isEmpty();
    }

    @Test
    void aFileThatServiceNowRefusesLeavesANoteWithItsWords() {
        bench.serviceNow().switches().attachmentRules().extensions("pdf");
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.carryUntilQuiet();

        assertThat(bench.notes()).singleElement().asString().contains("File extension png is not allowed");
        assertThat(bench.file().state()).isEqualTo(State.REFUSED);
    }

    @Test
    void aFileIsNotReadBeforeItsVirusScanHasEnded() {
        bench.serviceNow().switches().attachmentRules().unscannedDownloads(false);
        bench.attach("wiring.png", "image/png", PHOTO);
        bench.poll();
        bench.carry();
        assertThat(bench.portal.puts).hasValue(0);

        bench.pass(Duration.ofSeconds(15));

        assertThat(bench.portal.puts).hasValue(1);
    }

    @Test
    void aScanThatFindsSomethingOrNeverEndsLeavesANote() {
        bench.serviceNow().switches().attachmentScan(Switches.AttachmentScan.INFECTED);
        bench.attach("virus.png", "image/png", PHOTO);
        bench.serviceNow().switches().attachmentScan(Switches.AttachmentScan.NEVER_ENDS);
        bench.attach("waiting.png", "image/png", "x".getBytes(StandardCharsets.UTF_8));
        bench.poll();
        bench.carryUntilQuiet();

        assertThat(bench.notes()).hasSize(2);
        assertThat(String.join("\n", bench.notes())).contains("does not let it through", "did not end");
        assertThat(bench.portal.puts).hasValue(0);
    }

    @Test
    void aFileDeletedBeforeItWasReadNeedsNoNote() {
        bench.serviceNow().switches().attachmentScan(Switches.AttachmentScan.NEVER_ENDS);
        String sysId = bench.attach("wiring.png", "image/png", PHOTO);
        bench.poll();
        bench.carry();
        bench.delete(sysId);
        bench.pass(Duration.ofSeconds(15));

        assertThat(bench.file().reason()).contains(Reason.RECORD_GONE);
        assertThat(bench.notes()).isEmpty();
    }

    @Test
    void aFileOfATicketNobodyHadHeardOfWaitsForItsIncident() {
        bench.bench.deliver(PortalEvent.of("room-77", "Camera")
                .attachment("a-9", "photo.png", "image/png", PHOTO.length, "", bench.portal.holding("a-9", PHOTO)));
        bench.carry();

        String incident =
                bench.bench.ticket("room-77", "Camera").current().orElseThrow().sysId();
        assertThat(bench.serviceNow().desk().attachments(incident)).hasSize(1);
    }

    @Test
    void aFileThatIsLargerThanAnnouncedOrAllowedIsNotTaken() {
        bench.attached("a-1", "film.mp4", "video/mp4", 100, "", bench.portal.holding("a-1", PHOTO));
        bench.attached(
                "a-2", "film.mp4", "video/mp4", 11 * FilesBench.MEGABYTE, "", bench.portal.holding("a-2", PHOTO));
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).isEmpty();
        assertThat(bench.notes()).hasSize(2);
        assertThat(String.join("\n", bench.notes()))
                .contains("larger than the 100 bytes announced", "larger than the limit of 10.0 MB");
    }

    @Test
    void aFileInWorkBelongsToItsWorkerWhileItRenewsItsClaim() {
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        var now = bench.bench.machine.instant();
        var taken = bench.jobs().take(now, now.plus(Intent.SETTLE_AFTER)).orElseThrow();

        assertThat(bench.jobs().take(now.plusSeconds(74), now.plusSeconds(200))).isEmpty();
        assertThat(bench.jobs().renew(taken, now.plusSeconds(90))).isTrue();
        assertThat(bench.jobs().take(now.plusSeconds(89), now.plusSeconds(200))).isEmpty();
        assertThat(bench.jobs().take(now.plusSeconds(90), now.plusSeconds(200))).isPresent();
        assertThat(bench.jobs().renew(taken, now.plusSeconds(300))).isFalse();
    }

    @Test
    void notesAndFilesOfManyJobsStandOnceEach() {
        for (int i = 0; i < 10; i++) {
            bench.attached("p-" + i, "photo-" + i + ".png", "image/png", new byte[100 + i]);
            bench.attached("x-" + i, "setup-" + i + ".exe", "application/x-msdownload", new byte[10]);
            bench.attach("wiring-" + i + ".png", "image/png", new byte[200 + i]);
        }
        bench.poll();
        bench.carryUntilQuiet();
        bench.poll();
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).hasSize(20);
        assertThat(bench.notes()).hasSize(10).doesNotHaveDuplicates();
        assertThat(bench.commands("attachment-add")).hasSize(10);
        assertThat(List.copyOf(bench.contents().keySet()))
                .filteredOn(path -> path.startsWith("/in/"))
                .hasSize(10);
    }
}
