package io.roombridge.doctor;

import io.roombridge.config.FileSettings;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.servicenow.IncidentFiles;
import io.roombridge.servicenow.ServiceNowFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * Whether files can be attached, of each kind that travels, and arrive whole: a text of a megabyte, a picture, a log bundle.
 * They go with the scratch incident, or are deleted where that stays.
 */
final class Attaching implements Probe {

    private static final String NAME = "roombridge-doctor.";
    private static final int MEGABYTE = 1024 * 1024;
    private static final byte[] PICTURE = HexFormat.of().parseHex("89504e470d0a1a0a");
    private static final byte[] BUNDLE = HexFormat.of().parseHex("504b0506" + "00".repeat(18));

    private final Scratch scratch;
    private final FileSettings settings;

    Attaching(Scratch scratch, FileSettings settings) {
        this.scratch = scratch;
        this.settings = settings;
    }

    private record Sample(String extension, String type, byte[] content) {}

    /** @param refused the instance's words; empty when it took the file */
    private record Attempt(Sample sample, Optional<String> refused, boolean whole) {}

    @Override
    public List<Finding> look() {
        if (settings.toServicenow() == FileSettings.Allows.OFF) {
            return List.of(Finding.green("attachments are switched off (roombridge.files.to-servicenow=off)"));
        }
        byte[] line = "A test file of Roombridge's doctor.\n".getBytes(StandardCharsets.UTF_8);
        Attempt small = attempt(new Sample("txt", "text/plain", line));
        List<Finding> findings = new ArrayList<>();
        judge(small, findings);
        judge(attempt(new Sample("png", "image/png", PICTURE)), findings);
        judge(attempt(new Sample("zip", "application/zip", BUNDLE)), findings);
        if (small.refused().isEmpty()) {
            byte[] large = new byte[MEGABYTE];
            Arrays.fill(large, (byte) 'x');
            Attempt megabyte = attempt(new Sample("txt", "text/plain", large));
            megabyte.refused().map(this::tooLarge).ifPresentOrElse(findings::add, () -> judge(megabyte, findings));
        }
        return findings.isEmpty()
                ? List.of(Finding.green(
                        "files of a megabyte, pictures and log bundles are taken, and their hashes agree"))
                : findings;
    }

    private Attempt attempt(Sample sample) {
        IncidentFiles files = scratch.instance().gateway().files();
        try {
            Path file = Files.createTempFile("roombridge-doctor", null);
            try {
                Files.write(file, sample.content());
                FileRecord made = files.upload(scratch.sysId(), NAME + sample.extension(), sample.type(), file);
                return new Attempt(sample, Optional.empty(), isWhole(made, sample, file));
            } finally {
                Files.delete(file);
            }
        } catch (ServiceNowFailure failure) {
            if (!failure.permanent()) {
                throw failure;
            }
            return new Attempt(sample, Optional.of(failure.getMessage()), false);
        } catch (IOException e) {
            throw new UncheckedIOException("a test file cannot be written: " + e.getMessage(), e);
        }
    }

    /** By the instance's own hash, and of a small file also by its content. A scan that has not ended keeps it back. */
    private boolean isWhole(FileRecord made, Sample sample, Path file) {
        String sent = sha256(sample.content());
        boolean kept = made.size() == sample.content().length
                && (made.hash().isEmpty() || made.hash().equals(sent));
        if (!kept || sample.content().length == MEGABYTE) {
            return kept;
        }
        try {
            return scratch.instance()
                    .gateway()
                    .files()
                    .download(made.sysId(), file, MEGABYTE)
                    .sha256()
                    .equals(sent);
        } catch (ServiceNowFailure scanning) {
            return kept;
        }
    }

    private static void judge(Attempt attempt, List<Finding> findings) {
        String kind = "." + attempt.sample().extension();
        if (attempt.refused().isPresent()) {
            findings.add(Finding.amber(
                    "a small " + kind + " file was refused: "
                            + attempt.refused().get(),
                    kind + " files are taken; one that is not is told to the portal in its place",
                    "add " + kind.substring(1)
                            + " to glide.attachment.extensions (System Security › Security Settings), or"
                            + " name it in roombridge.files.refuse; if every kind is refused, let the user create"
                            + " sys_attachment (System Security › Access Control)"));
        } else if (!attempt.whole()) {
            findings.add(Finding.red(
                    "a " + kind + " file arrived changed: its size or SHA-256 is another",
                    "files arrive as they were sent",
                    "look for a proxy between, or a rule on sys_attachment, that rewrites content"));
        }
    }

    private Finding tooLarge(String refusal) {
        return Finding.amber(
                "a file of one megabyte was refused: " + refusal,
                "files up to " + settings.maxMegabytes() + " MB are taken (roombridge.files.max-megabytes)",
                "raise com.glide.attachment.max_size (System Properties › Security), or lower"
                        + " roombridge.files.max-megabytes");
    }

    private static String sha256(byte[] content) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
