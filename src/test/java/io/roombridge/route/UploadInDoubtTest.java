package io.roombridge.route;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.correlation.FileJob.State;
import io.roombridge.correlation.Intent;
import io.roombridge.sandbox.servicenow.Fault;
import io.roombridge.sandbox.servicenow.RequestMatcher;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An upload whose answer never came may be done or not; there is one file in the end. */
class UploadInDoubtTest extends OnFilesBench {

    @Test
    void aReadingBetweenAnUploadAndItsAnswerSendsNothingBack() {
        onceAtUpload(Fault.timeoutAfterCommit());
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.carry();
        assertThat(bench.file().state()).isEqualTo(State.UPLOADING);

        bench.poll();
        bench.carryUntilQuiet();

        assertThat(bench.commands("attachment-add")).isEmpty();
        assertThat(bench.attachments()).hasSize(1);
    }

    @Test
    void anUploadWhoseAnswerNeverCameLeavesOneFile() {
        onceAtUpload(Fault.timeoutAfterCommit());
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.carry();
        bench.serviceNow().requests().clear();
        bench.pass(Intent.SETTLE_AFTER.minusSeconds(1));
        assertThat(bench.serviceNow().requests().all()).isEmpty();

        bench.carryUntilQuiet();

        assertThat(bench.attachments()).hasSize(1);
        assertThat(bench.file().state()).isEqualTo(State.DONE);
        assertThat(bench.file().remoteId()).contains(bench.attachments().get(0).sysId());
    }

    @Test
    void anUploadThatWasNeverDoneIsDoneAfterwards() {
        onceAtUpload(Fault.timeoutBeforeCommit());
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).hasSize(1);
        assertThat(bench.file().state()).isEqualTo(State.DONE);
    }

    @Test
    void anUploadThatIsCommittedLateIsFoundAndNotRepeated() {
        onceAtUpload(Fault.lateCommit(Duration.ofSeconds(60)));
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).hasSize(1);
    }

    @Test
    void twoPeoplesSameFileIsNotTakenForOneWhoseAnswerWasLost() {
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.carryUntilQuiet();
        onceAtUpload(Fault.timeoutBeforeCommit());
        bench.attached("a-2", "photo.png", "image/png", PHOTO);
        bench.carryUntilQuiet();

        assertThat(bench.attachments()).hasSize(2);
    }

    @Test
    void aCrashInTheMiddleOfAnUploadLeavesOneFile() {
        onceAtUpload(Fault.timeoutAfterCommit());
        bench.attached("a-1", "photo.png", "image/png", PHOTO);
        bench.carry();
        bench.restart();

        bench.carryUntilQuiet();

        assertThat(bench.attachments()).hasSize(1);
        assertThat(bench.file().state()).isEqualTo(State.DONE);
    }

    private void onceAtUpload(Fault fault) {
        bench.serviceNow().faults().on(RequestMatcher.method("POST")).next(1, fault);
    }
}
