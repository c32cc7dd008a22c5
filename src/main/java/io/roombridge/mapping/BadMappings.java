package io.roombridge.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** The mapping files cannot be used. Carries every fault at once; exit code 78. */
public final class BadMappings extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<MappingFault> faults;

    BadMappings(List<MappingFault> faults) {
        super(told(
                "The mapping files cannot be used:", faults.stream().distinct().toList()));
        this.faults = faults.stream().distinct().toList();
    }

    private BadMappings(String message) {
        super(message);
        this.faults = List.of();
    }

    /** The files could be used, but their tests have to pass ({@code roombridge.mappings.require-tests}). */
    public static BadMappings failing(List<String> tests) {
        return new BadMappings(told("Tests of the mapping files fail; mapping test shows what came out:", tests));
    }

    private static String told(String what, List<?> lines) {
        return lines.stream().map(line -> "  " + line).collect(Collectors.joining("\n", what + "\n", ""));
    }

    public List<MappingFault> faults() {
        return faults;
    }
}
