package io.roombridge.closing;

import java.util.Optional;

/**
 * Where a room stands, as far as business days need it.
 *
 * @param region ISO 3166 code; empty when neither the room nor the settings name one
 * @param timeZone IANA or Windows id
 */
public record RoomPlace(String room, Optional<String> region, Optional<String> timeZone) {}
