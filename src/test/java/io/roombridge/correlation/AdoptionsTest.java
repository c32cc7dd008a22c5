package io.roombridge.correlation;

import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class AdoptionsTest extends AdoptionsContract {

    private static Database database;

    @BeforeAll
    static void open() {
        database = Database.open("jdbc:h2:mem:adoptions-contract;DB_CLOSE_DELAY=-1", "sa", "");
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @Override
    Jdbi jdbi() {
        return Jdbi.create(database.dataSource());
    }
}
