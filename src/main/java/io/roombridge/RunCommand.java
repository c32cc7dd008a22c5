package io.roombridge;

import io.roombridge.config.Settings;
import java.time.Clock;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Runs the bridge until it is told to stop (SIGTERM or Ctrl-C). */
@Command(
        name = "run",
        mixinStandardHelpOptions = true,
        description = "Run the bridge with the given settings until it is stopped.")
final class RunCommand implements Callable<Integer> {

    @Mixin
    private SettingsOptions settings;

    @Override
    public Integer call() throws InterruptedException {
        Clock clock = Clock.systemUTC();
        Settings read = settings.read();
        LogFormat.use(read);
        Bridge bridge = Bridge.start(read, clock, clock);
        awaitSignal(bridge);
        return 0;
    }

    /** The hook does the closing, because the virtual machine ends as soon as all hooks have. */
    static void awaitSignal(AutoCloseable running) throws InterruptedException {
        CountDownLatch closed = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            try {
                                running.close();
                            } catch (Exception e) {
                                System.err.println("stopping failed: " + e.getMessage());
                            } finally {
                                closed.countDown();
                            }
                        },
                        "stop"));
        closed.await();
    }
}
