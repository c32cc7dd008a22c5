package io.roombridge.sandbox.servicenow;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which files an instance takes, after its properties {@code com.glide.attachment.max_size},
 * {@code glide.attachment.extensions} and {@code glide.security.file.mime_type.validation} (facts/servicenow.md, section
 * 3). No refusal of a real instance is on record: the texts are guesses, and the status can be set.
 */
public final class AttachmentRules {

    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "jpeg", "image/jpeg",
            "gif", "image/gif",
            "pdf", "application/pdf",
            "txt", "text/plain",
            "zip", "application/zip");

    private volatile long maxBytes = 1L << 30;
    private volatile Set<String> extensions = Set.of();
    private volatile boolean typeValidated;
    private volatile boolean unscannedDownloads = true;
    private volatile int refusal = 400;

    AttachmentRules() {}

    public void maxBytes(long bytes) {
        maxBytes = bytes;
    }

    /** Only these extensions are taken; none means all. */
    public void extensions(String... only) {
        extensions = Stream.of(only).map(name -> name.toLowerCase(Locale.ROOT)).collect(Collectors.toUnmodifiableSet());
    }

    /** True: the content type has to be that of the extension, where the instance knows it. */
    public void typeValidated(boolean validated) {
        typeValidated = validated;
    }

    /** False: a file cannot be read before its scan has ended ({@code com.glide.snap.infected_download_allowed}). */
    public void unscannedDownloads(boolean allowed) {
        unscannedDownloads = allowed;
    }

    boolean unscannedDownloads() {
        return unscannedDownloads;
    }

    /** The status of a refusal. */
    public void refusal(int status) {
        refusal = status;
    }

    void check(String fileName, String contentType, Content content) {
        if (content.size() > maxBytes) {
            throw refused("File size exceeds the limit of " + maxBytes + " bytes");
        }
        String extension = fileName.substring(fileName.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        if (!extensions.isEmpty() && !extensions.contains(extension)) {
            throw refused("File extension " + extension + " is not allowed");
        }
        String type = contentType.split(";")[0].strip().toLowerCase(Locale.ROOT);
        if (typeValidated && !TYPES.getOrDefault(extension, type).equals(type)) {
            throw refused("MIME type " + type + " does not match the extension " + extension);
        }
    }

    private ApiError refused(String detail) {
        return new ApiError(refusal, "Failed to upload file", detail);
    }
}
