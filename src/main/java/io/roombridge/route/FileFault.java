package io.roombridge.route;

/** Something is wrong with this one file; perhaps not the next time. The message ends a sentence that names the file. */
final class FileFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    FileFault(String why) {
        super(why);
    }

    FileFault(String why, Throwable cause) {
        super(why, cause);
    }
}
