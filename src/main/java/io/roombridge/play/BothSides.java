package io.roombridge.play;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The conversation of one ticket on both sides, each in its order, and whether they are equal under the visibility policy:
 * what people say to the customer stands once on each side, what is internal stays in ServiceNow, and there is nothing else.
 */
record BothSides(List<Spoken> portal, List<Spoken> desk) {

    BothSides {
        portal = List.copyOf(portal);
        desk = List.copyOf(desk);
    }

    /** One line for each difference that the policy does not allow; none if the sides are equal. */
    List<String> faults() {
        List<String> faults = new ArrayList<>();
        portal.forEach(said -> twins(said, "the portal", desk, "ServiceNow", faults));
        desk.forEach(said -> twins(said, "ServiceNow", portal, "the portal", faults));
        desk.stream().filter(BothSides::secret).forEach(secret -> leaks(secret, faults));
        order("the portal", portal, desk, faults);
        order("ServiceNow", desk, portal, faults);
        return faults;
    }

    private static boolean secret(Spoken said) {
        return said.internal() && !said.brought() && !said.own();
    }

    private static void twins(Spoken said, String side, List<Spoken> others, String otherSide, List<String> faults) {
        boolean stays = side.equals("ServiceNow") && secret(said);
        if (said.own() || stays) {
            return;
        }
        List<Spoken> twins =
                others.stream().filter(other -> other.isTwinOf(said)).toList();
        if (twins.size() != 1) {
            faults.add("%s: \"%s\" of %s stands %s at %s"
                    .formatted(
                            side,
                            start(said.words()),
                            said.who(),
                            twins.isEmpty() ? "not" : twins.size() + " times",
                            otherSide));
        } else if (!said.brought() && twins.get(0).internal() != said.internal()) {
            faults.add("%s: \"%s\" of %s is %s here and %s at %s"
                    .formatted(
                            side,
                            start(said.words()),
                            said.who(),
                            visibility(said),
                            visibility(twins.get(0)),
                            otherSide));
        }
    }

    private void leaks(Spoken secret, List<String> faults) {
        portal.stream()
                .filter(said -> said.words().contains(secret.words()))
                .forEach(said -> faults.add(
                        "ServiceNow: the work note \"%s\" leaked to the portal".formatted(start(secret.words()))));
    }

    /** What one side said for the customer stands on the other in the same order. Files go their own way. */
    private static void order(String side, List<Spoken> from, List<Spoken> to, List<String> faults) {
        List<String> said = from.stream()
                .filter(each -> !each.brought() && spokenToTheCustomer(each))
                .map(Spoken::words)
                .toList();
        List<String> heard = to.stream()
                .filter(each -> each.brought() && spokenToTheCustomer(each))
                .map(Spoken::words)
                .toList();
        boolean sameThings =
                said.stream().sorted().toList().equals(heard.stream().sorted().toList());
        if (sameThings && !said.equals(heard)) {
            faults.add(side + ": what was said here stands in another order on the other side");
        }
    }

    private static boolean spokenToTheCustomer(Spoken said) {
        return !said.internal() && !said.own() && !said.words().startsWith(TwoWaySides.FILE);
    }

    /** Both sides in one story: a thing and its twin in one row, the left one of the portal. */
    List<Row> rows() {
        List<Row> rows = new ArrayList<>();
        portal.forEach(said -> rows.add(
                new Row(said, desk.stream().filter(said::isTwinOf).findFirst().orElse(null))));
        desk.stream()
                .filter(said -> portal.stream().noneMatch(said::isTwinOf))
                .forEach(said -> rows.add(new Row(null, said)));
        rows.sort((one, other) -> one.first().at().compareTo(other.first().at()));
        return rows;
    }

    /** @param portal and @param desk null where that side has nothing */
    record Row(Spoken portal, Spoken desk) {

        /** The one that was there first: the time of the row. */
        Spoken first() {
            return Stream.of(portal, desk)
                    .filter(said -> said != null)
                    .min((one, other) -> Boolean.compare(one.brought(), other.brought()))
                    .orElseThrow();
        }
    }

    private static String visibility(Spoken said) {
        return said.internal() ? "internal" : "visible to the customer";
    }

    private static String start(String words) {
        String line = words.lines().findFirst().orElse("");
        return line.length() > 60 ? line.substring(0, 60) + "..." : line;
    }
}
