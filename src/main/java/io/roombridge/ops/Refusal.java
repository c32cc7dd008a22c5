package io.roombridge.ops;

import java.util.List;

/** A request that is not carried out; the message tells a person what to do instead. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient List<String> allowed;

    /** @param status of HTTP */
    public Refusal(int status, String message) {
        this(status, message, List.of());
    }

    private Refusal(int status, String message, List<String> allowed) {
        super(message);
        this.status = status;
        this.allowed = List.copyOf(allowed);
    }

    public static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    public static Refusal notFound(String message) {
        return new Refusal(404, message);
    }

    /** @param methods that the path takes */
    public static Refusal method(String path, List<String> methods) {
        return new Refusal(405, path + " takes " + String.join(" or ", methods), methods);
    }

    /** The methods that would not be refused; empty where the method is not the fault. */
    List<String> allowed() {
        return allowed;
    }

    public int status() {
        return status;
    }
}
