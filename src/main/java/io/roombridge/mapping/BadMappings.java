package io.roombridge.mapping;

import java.util.List;
import java.util.stream.Collectors;

/** The mapping files cannot be used. Carries every fault at once; exit code 78. */
public final class BadMappings extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<MappingFault> faults;

    BadMappings(List<MappingFault> faults) {
        super(faults.stream()
                .map(fault -> "  " + fault)
                .collect(Collectors.joining("\n", "The mapping files cannot be used:\n", "")));
        this.faults = List.copyOf(faults);
    }

    public List<MappingFault> faults() {
        return faults;
    }
}
