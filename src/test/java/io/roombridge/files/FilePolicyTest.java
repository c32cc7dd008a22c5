package io.roombridge.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.roombridge.files.FilePolicy.Allows;
import io.roombridge.files.FilePolicy.Decision;
import io.roombridge.files.FilePolicy.Direction;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilePolicyTest {

    private static final long MB = 1 << 20;

    private static Decision judged(Allows allows, Direction direction, String name, String type) {
        return new FilePolicy(allows, 10 * MB, Set.of(".dwg")).judge(direction, name, type, MB);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void documentsPicturesAndClipsTravelBothWays(Direction direction) {
        for (String name : new String[] {"a.PNG", "b.pdf", "c.docx", "d.mp4"}) {
            assertThat(judged(Allows.DOCUMENTS_AND_IMAGES, direction, name, "image/png"))
                    .isEqualTo(new Decision(true, false, ""));
        }
    }

    @Test
    void logBundlesOfThePortalTravelAndAreForTheDeskOnly() {
        assertThat(judged(Allows.DOCUMENTS_AND_IMAGES, Direction.TO_SERVICENOW, "logs.zip", "application/zip"))
                .isEqualTo(new Decision(true, true, ""));
        assertThat(judged(Allows.DOCUMENTS_AND_IMAGES, Direction.TO_PORTAL, "logs.zip", "application/zip")
                        .allowed())
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.exe",
                "photo\u202Egpj.exe",
                "a.exe.",
                "a.EXE ",
                "x.png/../b.ps1",
                "logo.svg",
                "page.html",
                "shortcut.lnk",
                "plan.dwg"
            })
    void programsAndRefusedKindsTravelUnderNoPolicy(String name) {
        assertThat(judged(Allows.ALL, Direction.TO_SERVICENOW, name, "image/png")
                        .allowed())
                .isFalse();
        assertThat(judged(Allows.ALL, Direction.TO_PORTAL, name, "image/png").allowed())
                .isFalse();
    }

    @Test
    void aProgramIsKnownByItsTypeToo() {
        assertThat(judged(Allows.ALL, Direction.TO_PORTAL, "a.png", "application/x-msdownload")
                        .allowed())
                .isFalse();
    }

    @Test
    void otherKindsTravelOnlyWhereAllMay() {
        assertThat(judged(Allows.ALL, Direction.TO_PORTAL, "model.step", "model/step")
                        .allowed())
                .isTrue();
        assertThat(judged(Allows.DOCUMENTS_AND_IMAGES, Direction.TO_PORTAL, "model.step", "model/step")
                        .why())
                .isEqualTo("files of the kind .step are neither documents nor pictures");
        assertThat(judged(Allows.DOCUMENTS_AND_IMAGES, Direction.TO_PORTAL, "README", "text/plain")
                        .why())
                .isEqualTo("its name has no extension, so nobody can tell what it is");
    }

    @Test
    void theLimitIsSaidInTheReason() {
        FilePolicy policy = new FilePolicy(Allows.ALL, 10 * MB, Set.of());

        assertThat(policy.judge(Direction.TO_PORTAL, "a.png", "image/png", 10 * MB)
                        .allowed())
                .isTrue();
        assertThat(policy.judge(Direction.TO_PORTAL, "a.png", "image/png", 10 * MB + 1))
                .isEqualTo(new Decision(false, false, "it is larger than the limit of 10.0 MB"));
    }

    @Test
    void offIsOff() {
        assertThat(judged(Allows.OFF, Direction.TO_PORTAL, "a.png", "image/png"))
                .isEqualTo(new Decision(false, false, "attachments are switched off in this direction"));
    }
}
