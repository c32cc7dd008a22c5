package io.roombridge.sandbox.servicenow;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A multipart form whose last part is a file. The fields before it are short; the file itself is copied from disk to
 * disk. Works on ISO-8859-1 text, in which every byte is one character and none is lost.
 */
record MultipartForm(Map<String, String> fields, Optional<FilePart> file) {

    /** What all fields and the head of the file part have to fit into. */
    private static final int HEAD = 65_536;

    private static final Pattern PARAMETER = Pattern.compile("\\b(name|filename|boundary)=\"?([^\";]*)\"?");

    record FilePart(String fileName, String contentType, Content content) {}

    static MultipartForm read(String contentType, Content body, DiskFiles files) {
        String boundary = "--"
                + Upload.required(Optional.ofNullable(parameters(contentType).get("boundary")), "boundary");
        Map<String, String> fields = new HashMap<>();
        String head = slice(body, 0, HEAD);
        int part = head.indexOf(boundary);
        while (part >= 0) {
            int end = head.indexOf("\r\n\r\n", part);
            if (end < 0) {
                break;
            }
            String headers = head.substring(part, end);
            Map<String, String> parameters = parameters(headers);
            if (parameters.containsKey("filename")) {
                return new MultipartForm(
                        fields,
                        Optional.of(new FilePart(
                                utf8(parameters.get("filename")),
                                typeIn(headers),
                                contentFrom(body, end + 4, boundary, files))));
            }
            int next = head.indexOf("\r\n" + boundary, end);
            if (next < 0) {
                break;
            }
            fields.put(parameters.getOrDefault("name", ""), utf8(head.substring(end + 4, Math.max(end + 4, next))));
            part = next + 2;
        }
        return new MultipartForm(fields, Optional.empty());
    }

    /** From there to the last boundary, which stands near the end of the body. */
    private static Content contentFrom(Content body, long start, String boundary, DiskFiles files) {
        long tailAt = Math.max(start, body.size() - HEAD);
        int last = slice(body, tailAt, HEAD).lastIndexOf("\r\n" + boundary);
        long length = (last < 0 ? body.size() : tailAt + last) - start;
        try (InputStream in = body.open();
                DiskFiles.Growing copy = files.create()) {
            in.skipNBytes(start);
            byte[] piece = new byte[HEAD];
            for (long left = length; left > 0; ) {
                int read = in.read(piece, 0, (int) Math.min(piece.length, left));
                copy.out().write(piece, 0, read);
                left -= read;
            }
            return copy.content();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            DiskFiles.discard(body);
        }
    }

    private static String slice(Content body, long from, int length) {
        try (InputStream in = body.open()) {
            in.skipNBytes(from);
            return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String typeIn(String headers) {
        return Arrays.stream(headers.split("\r\n"))
                .filter(line -> line.regionMatches(true, 0, "Content-Type:", 0, 13))
                .map(line -> line.substring(13).strip())
                .findFirst()
                .orElse("application/octet-stream");
    }

    private static Map<String, String> parameters(String header) {
        Map<String, String> parameters = new HashMap<>();
        Matcher matcher = PARAMETER.matcher(header);
        while (matcher.find()) {
            parameters.put(matcher.group(1), matcher.group(2));
        }
        return parameters;
    }

    private static String utf8(String latin) {
        return new String(latin.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }
}
