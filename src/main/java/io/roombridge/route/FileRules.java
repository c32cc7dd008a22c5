package io.roombridge.route;

import io.roombridge.files.FilePolicy;
import java.time.Duration;

/**
 * What this configuration says about files.
 *
 * @param scanPatience how long the end of a virus scan is waited for
 * @param attempts after how many failures in a row, that no other file meets, a file is given up
 * @param within after how long it is given up then at the latest
 */
public record FileRules(
        FilePolicy toServiceNow, FilePolicy toPortal, Duration scanPatience, int attempts, Duration within) {}
