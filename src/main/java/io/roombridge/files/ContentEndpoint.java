package io.roombridge.files;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Where contents for the portal are put: a folder of the relay with a credential of its own, or an Azure Blob container
 * with a SAS in its query.
 *
 * @param base the folder; a query in it is sent with each PUT and told to nobody
 * @param token sent as {@code Authorization: Bearer}; empty with a SAS
 */
public record ContentEndpoint(URI base, Optional<String> token) {

    public ContentEndpoint {
        if (base.getHost() == null || base.getRawUserInfo() != null) {
            throw new IllegalArgumentException(
                    "the content endpoint has no host or carries credentials; expected https://HOST/PATH, for Azure Blob"
                            + " https://ACCOUNT.blob.core.windows.net/CONTAINER?SAS");
        }
    }

    /** Where a content is put. The same path, the same address: putting it again replaces it. */
    URI target(String path) {
        String query = base.getRawQuery() == null ? "" : "?" + base.getRawQuery();
        return URI.create(location(path) + query);
    }

    /** The address as the relay is told it: without the SAS, which is the bridge's own. */
    URI location(String path) {
        String folder = base.getRawPath() == null ? "" : base.getRawPath().replaceFirst("/+$", "");
        return URI.create(base.getScheme() + "://" + base.getRawAuthority() + folder + encoded(path));
    }

    private static String encoded(String path) {
        StringBuilder encoded = new StringBuilder();
        for (String segment : path.split("/")) {
            if (segment.equals(".") || segment.equals("..")) {
                throw new IllegalArgumentException("the path '" + path + "' leaves the folder of the content endpoint");
            }
            encoded.append('/')
                    .append(URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return encoded.toString();
    }

    /** Never shows the SAS or the token. */
    @Override
    public String toString() {
        return base.getScheme() + "://" + base.getRawAuthority() + base.getRawPath();
    }
}
