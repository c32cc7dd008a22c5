package io.roombridge.conversation;

import io.roombridge.mapping.PlainText;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Who the portal shows as the writer. Customers see the service's name; a person's only where the administrator wants
 * that, and never an address.
 *
 * @param service how the service is called
 * @param displayNames whether the display name of the person is shown instead
 */
public record PortalAuthor(String service, boolean displayNames) {

    private static final Pattern ADDRESS = Pattern.compile("\\S*@\\S*");

    /** @param displayName as ServiceNow shows the person, if it is known */
    public String of(Optional<String> displayName) {
        return displayName
                .filter(name -> displayNames)
                .map(name -> PlainText.oneLine(
                        ADDRESS.matcher(PlainText.oneLine(PlainText.of(name))).replaceAll("")))
                .filter(name -> !name.isBlank())
                .orElse(service);
    }
}
