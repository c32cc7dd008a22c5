package io.roombridge.mapping;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * The mapping files that were in force last, in one file of the data directory: a restart goes on with them where the folder
 * holds what a reload would refuse (docs/rationale.md, "Mapping files are taken as a whole").
 */
public final class LastMappings {

    private static final String NAME = "mappings-in-force.zip";

    private final Path file;

    public LastMappings(Path dataDirectory) {
        this.file = dataDirectory.resolve(NAME);
    }

    /** Puts these in the place of those before, as a whole. */
    public void keep(MappingDirectory files) {
        Path next = file.resolveSibling(NAME + ".new");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(next))) {
            for (Map.Entry<String, byte[]> entry : files.files().entrySet()) {
                zip.putNextEntry(new ZipEntry(entry.getKey()));
                zip.write(entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the mapping files in force cannot be kept in " + next, e);
        }
        try {
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException("the mapping files in force cannot be kept in " + file, e);
        }
    }

    /** Empty before the first start, and when the file cannot be read. */
    public Optional<MappingDirectory> read() {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                files.put(entry.getName(), zip.readAllBytes());
            }
            return Optional.of(new MappingDirectory(files, true));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
