package io.roombridge.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The mapping files that hold together: those shipped with the bridge, and over them layers of an installation's own, whose
 * files take precedence one by one. Always read as UTF-8. A folder does not change: what lies on the disk is read once
 * ({@link MappingDirectory}).
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
            "knowledge.de.yaml",
            "knowledge.yaml",
            "languages.yaml",
            "note-absorbed.jslt",
            "note-adopted.jslt",
            "note-follow-up.jslt",
            "note-given-back.jslt",
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
            "privacy.test.yaml",
            "privacy.yaml",
            "redirection.test.yaml",
            "redirection.yaml",
            "routing.yaml",
            "scope.yaml",
            "severity.yaml",
            "signals.yaml",
            "texts.jslt");

    private static final String CLASSPATH = "/mappings/";

    /** The installation's own layers, the most specific first. */
    private final List<Layer> layers;

    /**
     * Files that take the place of others.
     *
     * @param place the folder they lie in, as faults name it: empty, or {@code tenants/contoso/}
     */
    record Layer(String place, Map<String, byte[]> files) {

        Layer {
            files = Map.copyOf(files);
        }
    }

    private MappingFolder(List<Layer> layers) {
        this.layers = List.copyOf(layers);
    }

    /** Only what is shipped with the bridge. */
    public static MappingFolder shipped() {
        return new MappingFolder(List.of());
    }

    /** The files of a directory before the shipped ones of the same name; a directory that is not there has no files. */
    public static MappingFolder of(Path directory) {
        return MappingDirectory.read(directory).common();
    }

    /** These files, with a layer over them; one without files changes nothing. */
    MappingFolder under(Layer layer) {
        if (layer.files().isEmpty()) {
            return this;
        }
        List<Layer> all = new ArrayList<>(List.of(layer));
        all.addAll(layers);
        return new MappingFolder(all);
    }

    /** The names of all files, in alphabetical order. */
    Set<String> names() {
        Set<String> names = new TreeSet<>(SHIPPED);
        layers.forEach(layer -> names.addAll(layer.files().keySet()));
        return names;
    }

    /** The names of the files that say something of this folder alone: its uppermost layer's. */
    Set<String> ownNames() {
        return new TreeSet<>(layers.isEmpty() ? SHIPPED : layers.get(0).files().keySet());
    }

    /** The name with the folder it lies in, as a person looks for it. */
    String place(String name) {
        return layers.stream()
                .filter(layer -> layer.files().containsKey(name))
                .findFirst()
                .map(layer -> layer.place() + name)
                .orElse(name);
    }

    /**
     * The text of a file; empty when there is none of that name.
     *
     * @throws CharacterCodingException when it is not UTF-8
     */
    Optional<String> read(String name) throws CharacterCodingException {
        Optional<byte[]> bytes = layers.stream()
                .filter(layer -> layer.files().containsKey(name))
                .findFirst()
                .map(layer -> layer.files().get(name))
                .or(() -> shipped(name));
        return bytes.isEmpty()
                ? Optional.empty()
                : Optional.of(StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(bytes.get()))
                        .toString());
    }

    private static Optional<byte[]> shipped(String name) {
        try (InputStream file = MappingFolder.class.getResourceAsStream(CLASSPATH + name)) {
            return file == null ? Optional.empty() : Optional.of(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException("the shipped mapping file " + name + " cannot be read", e);
        }
    }
}
