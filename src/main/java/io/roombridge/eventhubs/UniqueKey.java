package io.roombridge.eventhubs;

import java.sql.SQLException;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;

/** Inserting where another process may be first; both databases say so by the same SQL state. */
final class UniqueKey {

    private static final String VIOLATED = "23505";

    private UniqueKey() {}

    /** Returns false if a row with this key is there already. Not for use inside a transaction, which would be lost. */
    static boolean tryInsert(Update insert) {
        try {
            return insert.execute() == 1;
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException sql && VIOLATED.equals(sql.getSQLState())) {
                return false;
            }
            throw e;
        }
    }
}
