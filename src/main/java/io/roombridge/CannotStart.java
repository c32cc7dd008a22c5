package io.roombridge;

/** Something outside the bridge keeps it from starting; the message says what, where, and what to do about it. */
class CannotStart extends RuntimeException {

    private static final long serialVersionUID = 1L;

    CannotStart(String message, Throwable cause) {
        super(message, cause);
    }
}
