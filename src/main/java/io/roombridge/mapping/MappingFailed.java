package io.roombridge.mapping;

/** A mapping could not make anything of one event; the event becomes a dead letter, the bridge goes on. */
public final class MappingFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String file;
    private final int line;
    private final String problem;

    /** @param line counted from 1; 0 when unknown */
    MappingFailed(String file, int line, String problem, Throwable cause) {
        super(file + (line > 0 ? ":" + line : "") + ": " + problem, cause);
        this.file = file;
        this.line = line;
        this.problem = problem;
    }

    public String file() {
        return file;
    }

    public int line() {
        return line;
    }

    /** What is wrong, without the place. */
    public String problem() {
        return problem;
    }
}
