package io.quorate.sql.system;

import io.quorate.common.metrics.Metrics;
import io.quorate.sql.catalog.CheckDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.IndexDescriptor;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SchemaObjects;
import io.quorate.sql.catalog.SequenceDescriptor;
import io.quorate.sql.catalog.TableDescriptor;
import io.quorate.sql.function.Functions;
import io.quorate.sql.type.SqlType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Two tables: `customers` with an identity, a unique column and a check, `orders` with a serial, a
/// dropped column (number 3) and an index over two columns; and a table without a primary key.
final class Fixture {
    static final String DATABASE = "quorate";
    static final String SUPERUSER = "quorate";

    private static final long CUSTOMERS = 16_384;
    private static final long ORDERS = 16_390;
    private static final long NOTES = 16_396;

    private Fixture() {}

    static SystemCatalog catalog() {
        return new SystemCatalog(new Metrics(), Functions.builtin(), DATABASE, SUPERUSER);
    }

    static Schema schema(SystemCatalog catalog) {
        return new Schema(
                7,
                SchemaObjects.of(
                        List.of(customers(), orders(), notes()),
                        List.of(
                                sequence(16_388, "customers_id_seq", SqlType.INT8, CUSTOMERS, 1, 1),
                                sequence(16_393, "orders_id_seq", SqlType.INT4, ORDERS, 1, 1),
                                sequence(16_395, "Tickets", SqlType.INT8, 0, 0, 5))),
                catalog.views());
    }

    private static TableDescriptor customers() {
        return new TableDescriptor(
                CUSTOMERS,
                "public",
                "customers",
                1,
                List.of(
                        column(
                                1,
                                "id",
                                SqlType.INT8,
                                true,
                                "nextval('public.customers_id_seq'::regclass)",
                                Identity.BY_DEFAULT),
                        column(2, "email", SqlType.varchar(100), true, null, Identity.NONE),
                        column(3, "balance", SqlType.numeric(12, 2), false, "0", Identity.NONE)),
                primary(16_385, "customers_pkey", List.of(1)),
                List.of(
                        new IndexDescriptor(
                                16_386,
                                2,
                                "customers_email_key",
                                true,
                                false,
                                List.of(2),
                                "customers_email_key")),
                List.of(
                        new CheckDescriptor(
                                16_387, "customers_balance_check", "(balance >= (-1000))")),
                List.of(),
                4,
                3,
                false);
    }

    private static TableDescriptor orders() {
        return new TableDescriptor(
                ORDERS,
                "public",
                "orders",
                1,
                List.of(
                        column(
                                1,
                                "id",
                                SqlType.INT4,
                                true,
                                "nextval('public.orders_id_seq'::regclass)",
                                Identity.NONE),
                        column(2, "customer_id", SqlType.INT8, true, null, Identity.NONE),
                        column(4, "Placed", SqlType.DATE, false, null, Identity.NONE)),
                primary(16_391, "orders_pkey", List.of(1)),
                List.of(
                        new IndexDescriptor(
                                16_392, 2, "orders_idx", false, false, List.of(2, 4), null)),
                List.of(),
                List.of(),
                5,
                3,
                false);
    }

    private static TableDescriptor notes() {
        return new TableDescriptor(
                NOTES,
                "public",
                "notes",
                1,
                List.of(
                        column(
                                1,
                                "tags",
                                SqlType.arrayOf(SqlType.TEXT),
                                false,
                                null,
                                Identity.NONE)),
                primary(16_397, "notes_rows", List.of()),
                List.of(),
                List.of(),
                List.of(),
                2,
                2,
                false);
    }

    private static ColumnDescriptor column(
            int id,
            String name,
            @Nullable SqlType type,
            boolean notNull,
            @Nullable String defaultSql,
            Identity identity) {
        if (type == null) {
            throw new IllegalArgumentException(name + " has a type");
        }
        return new ColumnDescriptor(id, name, type, notNull, defaultSql, identity, null);
    }

    private static IndexDescriptor primary(long oid, String name, List<Integer> columns) {
        return new IndexDescriptor(
                oid, 1, name, true, true, columns, columns.isEmpty() ? null : name);
    }

    private static SequenceDescriptor sequence(
            long oid, String name, SqlType type, long table, int column, long increment) {
        return new SequenceDescriptor(
                oid,
                "public",
                name,
                type,
                1,
                increment,
                1,
                type.sameTypeAs(SqlType.INT4) ? Integer.MAX_VALUE : Long.MAX_VALUE,
                false,
                table,
                column);
    }
}
