package io.roombridge.rebuild;

import io.roombridge.correlation.FileOffer;
import io.roombridge.correlation.Recreated;
import io.roombridge.correlation.Recreated.Carried;
import io.roombridge.files.FilePolicy.Direction;
import io.roombridge.route.FileOffers;
import io.roombridge.servicenow.FileRecord;
import io.roombridge.ticket.Ticket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Which files of an incident are on both sides already. */
final class CarriedFiles {

    private CarriedFiles() {}

    /** What the bridge attached came from the portal; what people attached long ago was carried there, or refused. */
    static List<Carried> of(Ticket ticket, Found found, String user, Horizon horizon) {
        List<Carried> carried = new ArrayList<>();
        for (FileRecord file : found.files()) {
            FileOffer offer = FileOffers.of(ticket, file, horizon.now());
            if (file.createdBy().equalsIgnoreCase(user)) {
                carried.add(new Carried(fromPortal(offer), Optional.of(file.sysId()), file.hash()));
            } else if (horizon.heard(file.createdOn())) {
                carried.add(new Carried(offer, Optional.empty(), file.hash()));
            }
        }
        return carried;
    }

    private static FileOffer fromPortal(FileOffer seen) {
        return new FileOffer(
                seen.tenant(),
                seen.instance(),
                Direction.TO_SERVICENOW,
                Recreated.fromPortal(seen.sourceId()),
                seen.cause(),
                seen.ticket(),
                seen.portalTicketId(),
                seen.incident(),
                seen.name(),
                seen.type(),
                seen.size(),
                seen.sha256(),
                Optional.empty(),
                seen.at());
    }
}
