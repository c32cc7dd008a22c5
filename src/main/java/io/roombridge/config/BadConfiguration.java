package io.roombridge.config;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The configuration cannot be used. Carries every fault, each with its key and what to do; exit code 78. */
public final class BadConfiguration extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /** One fault. {@code value} is empty when the key is missing, and masked for secrets. */
    public record Fault(String key, String value, String expected) {

        @Override
        public String toString() {
            return key + (value.isEmpty() ? "" : " = " + value) + ": " + expected;
        }
    }

    public BadConfiguration(List<Fault> faults) {
        super(text(faults));
        this.faults = List.copyOf(faults);
    }

    public List<Fault> faults() {
        return faults;
    }

    private static String text(List<Fault> faults) {
        return "The configuration cannot be used:\n"
                + IntStream.range(0, faults.size())
                        .mapToObj(i -> "  " + (i + 1) + ") " + faults.get(i))
                        .collect(Collectors.joining("\n"));
    }
}
