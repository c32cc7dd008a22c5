package io.roombridge.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Where mapping files come from: those shipped with the bridge and, if given, a directory whose files take precedence one
 * by one. Always read as UTF-8.
 */
public final class MappingFolder {

    /** The example event that mappings are tried with, and that an administrator can preview. */
    static final String EXAMPLE = "example-event.json";

    /** A jar cannot be listed, so the shipped files stand here; a test compares them with the folder. */
    static final List<String> SHIPPED = List.of(
            EXAMPLE,
            "closing-answered.jslt",
            "closing-clock.jslt",
            "closing-close-notes.jslt",
            "closing-closed.jslt",
            "closing-group-warning.jslt",
            "closing-open-again.jslt",
            "closing-taken-back.jslt",
            "closing-warning.jslt",
            "closing.test.yaml",
            "hold-reasons.yaml",
            "incident-create.jslt",
            "incident-create.test.yaml",
            "incident-reopen.jslt",
            "incident-reopen.test.yaml",
            "incident-resolve.jslt",
            "incident-resolve.test.yaml",
            "incident-update.jslt",
            "incident-update.test.yaml",
            "knowledge.yaml",
            "note-absorbed.jslt",
            "note-follow-up.jslt",
            "note-heard-again.jslt",
            "note-healthy-since.jslt",
            "note-investigating.jslt",
            "note-message.jslt",
            "note-needs-action.jslt",
            "note-relapse.jslt",
            "note-remediation.jslt",
            "note-replaced.jslt",
            "note-retitled.jslt",
            "note-severity.jslt",
            "note-state-unknown.jslt",
            "note-still-unhealthy.jslt",
            "note-suppressed.jslt",
            "note-unenrolled.jslt",
            "notes.test.yaml",
            "platform.yaml",
            "portal-canceled.jslt",
            "portal-closed.jslt",
            "portal-comment.jslt",
            "portal-deleted.jslt",
            "portal-on-hold.jslt",
            "portal-reopened.jslt",
            "portal-resolved.jslt",
            "portal.test.yaml",
            "routing.yaml",
            "severity.yaml",
            "signals.yaml",
            "texts.jslt");

    private static final String CLASSPATH = "/mappings/";

    private final Optional<Path> directory;

    private MappingFolder(Optional<Path> directory) {
        this.directory = directory;
    }

    /** Only what is shipped with the bridge. */
    public static MappingFolder shipped() {
        return new MappingFolder(Optional.empty());
    }

    /** The files of a directory before the shipped ones of the same name; a directory that is not there has no files. */
    public static MappingFolder of(Path directory) {
        return new MappingFolder(Optional.of(directory));
    }

    /** The names of all files, in alphabetical order. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(SHIPPED);
        directory.filter(Files::isDirectory).ifPresent(path -> {
            try (Stream<Path> files = Files.list(path)) {
                files.filter(Files::isRegularFile)
                        .map(file -> file.getFileName().toString())
                        .forEach(names::add);
            } catch (IOException e) {
                throw new UncheckedIOException("the mapping folder " + path + " cannot be listed", e);
            }
        });
        return names;
    }

    /**
     * The text of a file; empty when there is none of that name.
     *
     * @throws CharacterCodingException when it is not UTF-8
     */
    Optional<String> read(String name) throws CharacterCodingException {
        Optional<byte[]> bytes = own(name).or(() -> shipped(name));
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.get()))
                        .toString());
    }

    private Optional<byte[]> own(String name) {
        return directory
                .map(path -> path.resolve(name))
                .filter(Files::isRegularFile)
                .map(file -> {
                    try {
                        return Files.readAllBytes(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException("the mapping file " + file + " cannot be read", e);
                    }
                });
    }

    private static Optional<byte[]> shipped(String name) {
        try (InputStream file = MappingFolder.class.getResourceAsStream(CLASSPATH + name)) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the shipped mapping file " + name + " cannot be read", e);
        }
    }
}
