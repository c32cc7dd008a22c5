package io.roombridge.route;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test with a bench of its own: an empty store, an embedded ServiceNow with nobody in it, a clock that jumps. */
abstract class OnBench {

    @TempDir
    Path directory;

    Bench bench;

    @BeforeEach
    final void openBench() {
        bench = new Bench(directory);
    }

    @AfterEach
    final void closeBench() {
        bench.close();
    }
}
