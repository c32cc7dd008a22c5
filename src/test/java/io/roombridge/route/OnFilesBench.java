package io.roombridge.route;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** One bench for each test, with a photo to carry. */
abstract class OnFilesBench {

    static final byte[] PHOTO = new byte[200_000];

    static {
        new Random(11).nextBytes(PHOTO);
    }

    @TempDir
    Path directory;

    FilesBench bench;

    @BeforeEach
    final void openBench() throws IOException {
        bench = new FilesBench(directory);
    }

    @AfterEach
    final void closeBench() {
        bench.close();
    }
}
