package io.roombridge.doctor;

/** A finding with where it belongs; see {@link Step}. */
public record Result(String area, String name, Finding finding) {

    public Level level() {
        return finding.level();
    }
}
