package io.roombridge.mapping;

import io.roombridge.config.Spelling;
import io.roombridge.mapping.MappingFolder.Layer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An installation's own mapping files as they lay on the disk at one moment: those for all, and in
 * {@code instances/NAME} and {@code tenants/NAME} those for one ServiceNow instance or one tenant.
 *
 * @param files by their path below the directory, with {@code /}
 * @param there whether there was a directory at all
 */
public record MappingDirectory(Map<String, byte[]> files, boolean there) {

    /** No files at all: what is shipped is in force. */
    static final MappingDirectory NONE = new MappingDirectory(Map.of(), false);

    private static final String TENANTS = "tenants";
    private static final String INSTANCES = "instances";
    private static final List<String> FOLDERS = List.of(INSTANCES, TENANTS);
    private static final int DEEPEST = 3;
    private static final int SHOWN = 12;

    public MappingDirectory {
        files = Collections.unmodifiableMap(new TreeMap<>(files));
    }

    /**
     * Reads the files of a directory that can be mapping files. What begins with a dot, such as the folders in which
     * Kubernetes keeps the files of a ConfigMap, is not looked at.
     */
    public static MappingDirectory read(Path directory) {
        if (!Files.isDirectory(directory)) {
            return NONE;
        }
        try (Stream<Path> found = Files.find(directory, DEEPEST, (path, attributes) -> isMapping(directory, path))) {
            return new MappingDirectory(
                    found.collect(Collectors.toMap(file -> relative(directory, file), MappingDirectory::bytes)), true);
        } catch (IOException e) {
            throw new UncheckedIOException("the mapping folder " + directory + " cannot be listed", e);
        }
    }

    private static boolean isMapping(Path directory, Path path) {
        String name = path.getFileName().toString();
        return Stream.of(".jslt", ".yaml", ".json").anyMatch(name::endsWith)
                && Stream.of(relative(directory, path).split("/")).noneMatch(part -> part.startsWith("."))
                && Files.isRegularFile(path);
    }

    private static String relative(Path directory, Path file) {
        return directory.relativize(file).toString().replace('\\', '/');
    }

    private static byte[] bytes(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException("the mapping file " + file + " cannot be read", e);
        }
    }

    /**
     * Names this state of the files: the same files have the same version, on every machine. The shipped files are no part
     * of it; they are the bridge's own version.
     */
    public String version() {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            files.forEach((path, bytes) -> {
                digest.update((path + "\n" + bytes.length + "\n").getBytes(StandardCharsets.UTF_8));
                digest.update(bytes);
            });
            return HexFormat.of().formatHex(digest.digest()).substring(0, SHOWN);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** A hash of each file, by its path. */
    public Map<String, String> digests() {
        Map<String, String> digests = new TreeMap<>();
        files.forEach((path, bytes) -> digests.put(path, new MappingDirectory(Map.of(path, bytes), true).version()));
        return digests;
    }

    /** The files for whoever has none of their own. */
    MappingFolder common() {
        return MappingFolder.shipped().under(layer(""));
    }

    /** The files of an instance, over those for all. */
    MappingFolder ofInstance(String instance) {
        return common().under(layer(place(INSTANCES, instance)));
    }

    /** The files of a tenant, over those of the instance that serves it, over those for all. */
    MappingFolder ofTenant(String tenant, Optional<String> instance) {
        MappingFolder below = instance.map(this::ofInstance).orElseGet(this::common);
        return below.under(layer(place(TENANTS, tenant)));
    }

    /** The instances that have files of their own. */
    Set<String> instances() {
        return inside(INSTANCES);
    }

    /** The tenants that have files of their own, as their folders are called. */
    Set<String> tenants() {
        return inside(TENANTS);
    }

    private Set<String> inside(String folder) {
        return files.keySet().stream()
                .map(path -> path.split("/"))
                .filter(parts -> parts.length == DEEPEST && parts[0].equals(folder))
                .map(parts -> parts[1])
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private Layer layer(String place) {
        return new Layer(
                place,
                files.entrySet().stream()
                        .filter(file -> file.getKey().startsWith(place))
                        .filter(file -> file.getKey().indexOf('/', place.length()) < 0)
                        .collect(Collectors.toMap(
                                file -> file.getKey().substring(place.length()), Map.Entry::getValue)));
    }

    private static String place(String folder, String name) {
        return folder + "/" + name + "/";
    }

    /**
     * Folders that nothing reads: their files would be in force for nobody, without a word.
     *
     * @param known the instances of the settings; empty when they are not known here
     */
    List<MappingFault> strayFolders(Set<String> known) {
        Stream<MappingFault> unread = files.keySet().stream()
                .filter(path -> path.contains("/"))
                .map(path -> path.split("/"))
                .filter(parts -> parts.length != DEEPEST || !FOLDERS.contains(parts[0]))
                .map(parts -> stray(parts[0] + "/", "instances/NAME or tenants/NAME", parts[0], FOLDERS));
        Stream<MappingFault> unknown = instances().stream()
                .filter(instance -> !known.isEmpty() && !known.contains(instance))
                .map(instance -> stray(place(INSTANCES, instance), "an instance of the settings", instance, known));
        Stream<MappingFault> shouting = tenants().stream()
                .filter(tenant -> !tenant.equals(tenant.toLowerCase(Locale.ROOT)))
                .map(tenant -> stray(
                        place(TENANTS, tenant),
                        "the tenant in lower case",
                        tenant,
                        List.of(tenant.toLowerCase(Locale.ROOT))));
        return Stream.of(unread, unknown, shouting)
                .flatMap(faults -> faults)
                .distinct()
                .toList();
    }

    private static MappingFault stray(String place, String expected, String name, Collection<String> known) {
        return new MappingFault(place, 0, 0, "nothing reads this folder", expected, Spelling.nearest(name, known));
    }
}
