package io.roombridge;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The least that a command wants to know before it opens the store. */
final class SmallestSettings {

    private SmallestSettings() {}

    /** Writes them into the directory, which is the data directory too. */
    static Path in(Path directory) throws IOException {
        return Files.writeString(
                directory.resolve("roombridge.properties"),
                String.join(
                        "\n",
                        "roombridge.mode=live",
                        "roombridge.hub.connection-string=Endpoint=sb://x/",
                        "roombridge.instances.main.url=https://example.service-now.com",
                        "roombridge.instances.main.auth=basic",
                        "roombridge.instances.main.user=roombridge",
                        "roombridge.instances.main.password=s3cret",
                        "roombridge.data-dir=" + directory));
    }
}
