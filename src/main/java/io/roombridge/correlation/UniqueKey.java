package io.roombridge.correlation;

import java.sql.SQLException;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;
import org.jdbi.v3.core.statement.Update;

/** Inserting where another process may be first; both databases say so by the same SQL state. */
public final class UniqueKey {

    private static final String VIOLATED = "23505";

    private UniqueKey() {}

    /** Returns false if a row with this key is there already. Not for use inside a transaction, which would be lost. */
    public static boolean tryInsert(Update insert) {
        try {
            return insert.execute() == 1;
        } catch (UnableToExecuteStatementException e) {
            if (e.getCause() instanceof SQLException sql && VIOLATED.equals(sql.getSQLState())) {
                return false;
            }
            throw e;
        }
    }

    static boolean tryInsert(Jdbi jdbi, Function<Handle, Update> insert) {
        return jdbi.withHandle(handle -> tryInsert(insert.apply(handle)));
    }
}
