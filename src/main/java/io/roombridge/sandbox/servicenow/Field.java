package io.roombridge.sandbox.servicenow;

/**
 * One column as the data dictionary describes it.
 *
 * @param table where the column was declared: {@code task} for most columns of an incident, as {@code sys_dictionary}
 *     shows it
 * @param maxLength in characters; only {@link Kind#STRING} is held to it
 * @param reference the table a {@link Kind#REFERENCE} points to, else empty
 * @param readOnly a write over the API is silently ignored
 */
record Field(String table, String name, String label, Kind kind, int maxLength, String reference, boolean readOnly) {

    enum Kind {
        STRING("string"),
        INTEGER("integer"),
        BOOLEAN("boolean"),
        DATE_TIME("glide_date_time"),
        REFERENCE("reference"),
        LIST("glide_list"),
        JOURNAL("journal_input"),
        JOURNAL_LIST("journal_list"),
        GUID("GUID");

        final String internalType;

        Kind(String internalType) {
            this.internalType = internalType;
        }

        static Kind of(String internalType) {
            for (Kind kind : values()) {
                if (kind.internalType.equals(internalType)) {
                    return kind;
                }
            }
            throw new IllegalArgumentException("unknown type of field: " + internalType);
        }
    }

    boolean isReference() {
        return kind == Kind.REFERENCE;
    }

    boolean isJournal() {
        return kind == Kind.JOURNAL || kind == Kind.JOURNAL_LIST;
    }
}
