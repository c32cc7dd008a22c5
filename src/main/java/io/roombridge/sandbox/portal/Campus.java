package io.roombridge.sandbox.portal;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;

/**
 * The rooms of one or two customers, made from a seed: the same seed makes the same campus for ever. Two regions, each
 * with two buildings of three floors; update rings, room groups and tags as the portal has them (facts/portal.md, section
 * 1).
 */
public record Campus(long seed, List<MeetingRoom> rooms) {

    /** Rooms per floor; with two regions, two buildings and three floors this makes 36 rooms for a tenant. */
    private static final int ROOMS_PER_FLOOR = 3;

    private static final List<Site> SITES = List.of(
            new Site("DE-BY", "Europe/Berlin", "Isarforum", "muc-isar", true),
            new Site("DE-BY", "Europe/Berlin", "Haus Sendling", "muc-send", true),
            new Site("IE", "Europe/Dublin", "Grand Canal House", "dub-canal", false),
            new Site("IE", "Europe/Dublin", "Smithfield Yard", "dub-smith", false));

    private static final List<String> GERMAN_NAMES = List.of(
            "Ammersee",
            "Chiemsee",
            "Eibsee",
            "Kochelsee",
            "K\u00f6nigssee",
            "Obersee",
            "Osterseen",
            "Riegsee",
            "Schliersee",
            "Simssee",
            "Spitzingsee",
            "Staffelsee",
            "Starnberger See",
            "Sylvenstein",
            "Tegernsee",
            "Waginger See",
            "Walchensee",
            "W\u00f6rthsee");

    private static final List<String> IRISH_NAMES = List.of(
            "Barrow",
            "Blackwater",
            "Boyne",
            "Corrib",
            "Dodder",
            "Erne",
            "Finn",
            "Foyle",
            "Lee",
            "Liffey",
            "Moy",
            "Nore",
            "Shannon",
            "Slaney",
            "Suck",
            "Suir",
            "Swilly",
            "Tolka");

    private static final List<String> RINGS =
            List.of("General", "General", "General", "General", "Staging", "Executive");

    private static final List<String> DEPARTMENTS = List.of("Sales", "Engineering", "Finance", "People", "Legal");

    public Campus {
        rooms = List.copyOf(rooms);
    }

    /** A campus of one tenant. */
    public static Campus of(long seed) {
        return of(seed, 1);
    }

    /** A campus of one or two tenants. */
    public static Campus of(long seed, int tenants) {
        if (tenants < 1 || tenants > 2) {
            throw new IllegalArgumentException("a campus has 1 or 2 tenants, not " + tenants);
        }
        Random random = new Random(seed);
        List<MeetingRoom> rooms = new ArrayList<>();
        for (int tenant = 0; tenant < tenants; tenant++) {
            String id = uuid(random);
            List<String> german = shuffled(GERMAN_NAMES, random);
            List<String> irish = shuffled(IRISH_NAMES, random);
            for (Site site : SITES) {
                site.build(id, site.german ? german : irish, random, rooms);
            }
        }
        return new Campus(seed, rooms);
    }

    /** The tenants of the campus, in the order of their making. */
    public List<String> tenants() {
        return rooms.stream().map(MeetingRoom::tenant).distinct().toList();
    }

    private static List<String> shuffled(List<String> names, Random random) {
        List<String> shuffled = new ArrayList<>(names);
        Collections.shuffle(shuffled, random);
        return shuffled;
    }

    private static String uuid(Random random) {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    private static <T> T oneOf(List<T> choice, Random random) {
        return choice.get(random.nextInt(choice.size()));
    }

    /** One building. Takes the names it uses off the list, so that no two rooms of a region share one. */
    private record Site(String region, String timeZone, String building, String code, boolean german) {

        void build(String tenant, List<String> names, Random random, List<MeetingRoom> into) {
            for (int floor = 1; floor <= 3; floor++) {
                for (int number = 1; number <= ROOMS_PER_FLOOR; number++) {
                    into.add(room(tenant, names.remove(0), floor, number, random));
                }
            }
        }

        private MeetingRoom room(String tenant, String name, int floor, int number, Random random) {
            String id = "%s-%d%02d".formatted(code, floor, number);
            boolean executive = floor == 3 && number == 1;
            boolean onboarding = floor == 2 && number == ROOMS_PER_FLOOR;
            boolean android = number == 2;
            List<String> tags = new ArrayList<>(List.of("department:" + oneOf(DEPARTMENTS, random)));
            if (executive) {
                tags.add("VIP");
            }
            return new MeetingRoom(
                    tenant,
                    id,
                    name,
                    id + "@rooms.example",
                    german ? "Munich AV" : "Dublin AV",
                    executive ? "Executive" : oneOf(RINGS, random),
                    new MeetingRoom.Place(region, building, "Floor " + floor, timeZone),
                    tags,
                    executive ? "Premium" : "Standard",
                    onboarding,
                    1 + random.nextInt(Signal.DISPLAYS.size()),
                    android ? android(id, random) : List.of(windows(id, random)));
        }

        private static RoomDevice windows(String room, Random random) {
            boolean logitech = random.nextBoolean();
            return new RoomDevice(
                    uuid(random),
                    "compute",
                    RoomDevice.Platform.WINDOWS,
                    logitech ? "Logitech" : "Lenovo",
                    logitech ? "RoomMate Mini" : "ThinkSmart Core Gen 2",
                    serial(random),
                    room.toUpperCase(Locale.ROOT),
                    "5.3.115.0",
                    "10.0.22631.3527");
        }

        private static List<RoomDevice> android(String room, Random random) {
            return List.of(
                    android(room, "videobar", "Rally Bar Huddle", random), android(room, "console", "Tap IP", random));
        }

        private static RoomDevice android(String room, String role, String model, Random random) {
            return new RoomDevice(
                    uuid(random),
                    role,
                    RoomDevice.Platform.ANDROID,
                    "Logitech",
                    model,
                    serial(random),
                    room + "-" + role,
                    "1449/1.0.96.2025",
                    "Android 13");
        }

        private static String serial(Random random) {
            return "S%08d".formatted(random.nextInt(100_000_000));
        }
    }
}
