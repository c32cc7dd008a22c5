package io.roombridge.mapping;

import io.roombridge.mapping.MappingTests.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The mapping files of one moment, compiled and checked: for all, for single instances and for single tenants. Never
 * changes; what takes effect later is another version, as a whole.
 */
public final class MappingVersion {

    private final MappingDirectory directory;
    private final Serving serving;
    private final Compiled common;
    private final Map<String, Compiled> ofInstances;
    private final Map<String, Compiled> ofTenants;

    private record Compiled(MappingFolder folder, Mappings mappings) {}

    private MappingVersion(
            MappingDirectory directory,
            Serving serving,
            Compiled common,
            Map<String, Compiled> ofInstances,
            Map<String, Compiled> ofTenants) {
        this.directory = directory;
        this.serving = serving;
        this.common = common;
        this.ofInstances = Map.copyOf(ofInstances);
        this.ofTenants = Map.copyOf(ofTenants);
    }

    /** What is shipped, for every tenant. */
    public static MappingVersion shipped() {
        return load(MappingDirectory.NONE, Serving.UNKNOWN);
    }

    /**
     * Compiles every file and tries it.
     *
     * @param serving the instances that there are, and whom they serve
     * @throws BadMappings with every fault
     */
    public static MappingVersion load(MappingDirectory directory, Serving serving) {
        Set<MappingFault> faults = new LinkedHashSet<>(directory.strayFolders(serving.names()));
        Compiled common = compiled(directory.common(), faults);
        Map<String, Compiled> ofInstances = new LinkedHashMap<>();
        directory.instances().forEach(name -> ofInstances.put(name, compiled(directory.ofInstance(name), faults)));
        Map<String, Compiled> ofTenants = new LinkedHashMap<>();
        directory
                .tenants()
                .forEach(name ->
                        ofTenants.put(name, compiled(directory.ofTenant(name, serving.instanceOf(name)), faults)));
        if (!faults.isEmpty()) {
            throw new BadMappings(List.copyOf(faults));
        }
        return new MappingVersion(directory, serving, common, ofInstances, ofTenants);
    }

    /** A file that several folders share is told once. */
    private static Compiled compiled(MappingFolder folder, Set<MappingFault> faults) {
        try {
            return new Compiled(folder, Mappings.load(folder));
        } catch (BadMappings bad) {
            faults.addAll(bad.faults());
            return new Compiled(folder, null);
        }
    }

    /** Other files for the same instances and tenants. */
    public MappingVersion with(MappingDirectory files) {
        return load(files, serving);
    }

    /** The mapping of a tenant: its own, that of the instance that serves it, or the one for all. */
    public Mappings of(String tenant) {
        Compiled ofInstance = serving.instanceOf(tenant)
                .map(instance -> ofInstances.getOrDefault(instance, common))
                .orElse(common);
        return ofTenants.getOrDefault(tenant, ofInstance).mappings();
    }

    /** {@link MappingDirectory#version} of its files. */
    public String name() {
        return directory.version();
    }

    /** The files it was made of. */
    public MappingDirectory directory() {
        return directory;
    }

    /** Runs the tests beside the files, those for instances and tenants with their own mapping. */
    public List<Result> tests() {
        List<Result> results = new ArrayList<>(tests(common));
        ofInstances.values().forEach(one -> results.addAll(tests(one)));
        ofTenants.values().forEach(one -> results.addAll(tests(one)));
        return results;
    }

    private static List<Result> tests(Compiled compiled) {
        return MappingTests.run(compiled.folder(), compiled.mappings());
    }
}
