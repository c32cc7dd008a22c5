package io.roombridge.ops;

/** A request that is not carried out; the message tells a person what to do instead. */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;

    /** @param status of HTTP */
    public Refusal(int status, String message) {
        super(message);
        this.status = status;
    }

    public static Refusal badRequest(String message) {
        return new Refusal(400, message);
    }

    public static Refusal notFound(String message) {
        return new Refusal(404, message);
    }

    public int status() {
        return status;
    }
}
