package io.roombridge.correlation;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.roombridge.config.StoreAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** Opens the store's database and brings its schema up to date. */
public final class Database implements AutoCloseable {

    private static final String H2_FILE = "jdbc:h2:retry:";

    private final HikariDataSource dataSource;
    private final Optional<Compaction> compaction;

    private Database(HikariDataSource dataSource, Optional<Compaction> compaction) {
        this.dataSource = dataSource;
        this.compaction = compaction;
    }

    /**
     * The address of the default store, a file below the data directory. {@code retry:}, because without it one
     * interrupted thread closes the file for the whole process (measured: SQL error 90098). WRITE_DELAY=0 is the durability of the promise:
     * with H2's default up to 217 acknowledged commits were lost for each SIGKILL, with 0 none (design, section 3.2).
     */
    public static String fileIn(Path dataDirectory) {
        return H2_FILE + dataDirectory.toAbsolutePath().resolve("store")
                + ";WRITE_DELAY=0;COMPRESS=TRUE;DB_CLOSE_ON_EXIT=FALSE";
    }

    /** As {@link #open(String, String, String, Duration)}, without waiting for a database that does not answer. */
    public static Database open(String jdbcUrl, String user, String password) {
        return open(jdbcUrl, user, password, Duration.ZERO);
    }

    /**
     * Opens the database and brings its schema up to date.
     *
     * @param patience how long a database that does not answer is tried again
     * @throws RuntimeException with the database's own words when it cannot be opened or migrated
     */
    public static Database open(String jdbcUrl, String user, String password, Duration patience) {
        HikariConfig pool = new HikariConfig();
        pool.setPoolName("store");
        pool.setJdbcUrl(jdbcUrl);
        pool.setUsername(user);
        pool.setPassword(password);
        pool.setMaximumPoolSize(16);
        pool.setInitializationFailTimeout(Math.max(1, patience.toMillis()));
        new StoreAddress(jdbcUrl).driverProperties().forEach(pool::addDataSourceProperty);
        HikariDataSource dataSource = new HikariDataSource(pool);
        try {
            Flyway.configure()
                    .dataSource(dataSource)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (RuntimeException e) {
            dataSource.close();
            throw e;
        }
        return new Database(
                dataSource,
                Optional.of(dataSource)
                        .filter(file -> jdbcUrl.startsWith(H2_FILE))
                        .map(Compaction::of));
    }

    public DataSource dataSource() {
        return dataSource;
    }

    @Override
    public void close() {
        compaction.ifPresent(Compaction::close);
        dataSource.close();
    }
}
