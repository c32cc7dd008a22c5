package io.roombridge.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FileNameTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "photo.png",
                "Room 12, left wall (2).jpg",
                "r\u00E4um-\u00DF.pdf",
                "\u05D0\u05D1\u05D2 \u05D3.png",
                "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645.pdf",
                "\u4F1A\u8BAE\u5BA4.docx",
                "\uD83D\uDC68\u200D\uD83D\uDC69\u200D\uD83D\uDC67 team.png",
                "\uD83E\uDEE0.png",
                "\u2764\uFE0F.png",
                "report.v2.final.pdf",
                "_con.txt"
            })
    void aHarmlessNameStaysAsItIs(String name) {
        assertThat(FileName.safe(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "../../etc/passwd|passwd",
                "C:\\Users\\x\\photo.png|photo.png",
                "\\\\host\\share\\a.txt|a.txt",
                "a/..|file",
                "photo\u202Egpj.exe|photogpj.exe",
                "\u2066x\u2069.png|x.png",
                "a\u0000b\u0007c\u001B[31m.txt|abc[31m.txt",
                "line\\u000Abreak.txt|u000Abreak.txt",
                "CON|_CON",
                "nul.txt|_nul.txt",
                "COM1.log.txt|_COM1.log.txt",
                "lpt\u00B9.png|_lpt\u00B9.png",
                "photo.png. . .|photo.png",
                "...hidden|hidden",
                "invoice.pdf.exe|invoice.pdf.exe",
                "invoice.exe.pdf|invoice_exe.pdf",
                "a<b>c:d\"e?f*.png|a_b_c_d_e_f_.png",
                "file.txt::$DATA|file.txt__$DATA",
                "a\u200Bb\uFEFF.png|ab.png",
                "x\u200D.exe|x.exe",
                "\uD83D.png|png",
                "\u202E|file",
                "..|file"
            })
    void aHostileNameIsMadeSafe(String name, String safe) {
        assertThat(FileName.safe(name)).isEqualTo(safe);
    }

    @ParameterizedTest
    @ValueSource(strings = {"x", "\uD83D\uDE00", "\u05D0"})
    void aLongNameIsCutInFrontOfItsExtensionAndNeverInsideACharacter(String letter) {
        String safe = FileName.safe("a" + letter.repeat(300) + ".png");

        assertThat(safe).hasSizeLessThanOrEqualTo(FileName.LONGEST).endsWith(letter + ".png");
    }

    @RepeatedTest(200)
    void whateverComesTheNameIsSafeAndMakingItSafeAgainChangesNothing(RepetitionInfo repetition) {
        Random random = new Random(repetition.getCurrentRepetition());
        StringBuilder name = new StringBuilder();
        String nasty = "./\\:\u202E\u200D\u0000 \u2028CONexe*?<>|\uD83D\uDE00";
        for (int i = random.nextInt(200); i > 0; i--) {
            name.append(
                    random.nextBoolean()
                            ? nasty.charAt(random.nextInt(nasty.length()))
                            : (char) random.nextInt(Character.MAX_VALUE));
        }

        String safe = FileName.safe(name.toString());

        assertThat(safe)
                .as("seed %d", repetition.getCurrentRepetition())
                .isNotBlank()
                .hasSizeLessThanOrEqualTo(FileName.LONGEST)
                .doesNotContainPattern("[/\\\\\\p{Cc}\\u202A-\\u202E\\u2066-\\u2069<>:\"|?*]")
                .doesNotStartWith(".")
                .doesNotEndWith(".")
                .isEqualTo(FileName.safe(safe));
    }
}
