package io.roombridge.sandbox.portal;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A test on a portal of its own with one ticket; whatever the portal told has to keep the contract of docs/events.md. */
abstract class OnPortalBench {

    @TempDir
    Path directory;

    PortalBench bench;
    SandboxPortal portal;
    String ticket;

    @BeforeEach
    final void openPortal() {
        bench = new PortalBench(directory);
        portal = bench.portal;
        ticket = portal.open(0);
    }

    @AfterEach
    final void closePortal() {
        bench.everythingToldKeepsTheContract();
        bench.close();
    }
}
