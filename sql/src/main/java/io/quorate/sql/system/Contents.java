package io.quorate.sql.system;

import io.quorate.common.check.Check;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.catalog.SystemView.SystemContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What computes the rows of each relation. A relation for which nothing is registered is empty: we
/// have no objects of its kind.
final class Contents {
    private final Map<
                    String, Function<Shape, Function<SystemContext, Iterable<@Nullable Object[]>>>>
            makers = new LinkedHashMap<>();

    /// Fills in the rows of one relation.
    @FunctionalInterface
    interface OfSchema {
        void fill(Schema schema, RowSet rows);
    }

    /// Fills in rows that depend on the session, too.
    @FunctionalInterface
    interface OfSession {
        void fill(SystemContext context, RowSet rows);
    }

    /// Rows that follow from the schema alone; they are kept until another schema is asked for.
    void ofSchema(String schemaName, String relation, OfSchema content) {
        put(schemaName, relation, shape -> new KeptRows(shape, content)::rows);
    }

    void ofSession(String schemaName, String relation, OfSession content) {
        put(
                schemaName,
                relation,
                shape ->
                        context -> {
                            RowSet rows = new RowSet(shape);
                            content.fill(context, rows);
                            return rows.rows();
                        });
    }

    /// The view of that shape.
    SystemView view(Shape shape) {
        var maker = makers.remove(shape.schema() + "." + shape.name());
        return new SystemView(
                shape.oid(),
                shape.schema(),
                shape.name(),
                shape.columns(),
                maker == null ? _ -> List.of() : maker.apply(shape));
    }

    /// To be called when all views are made.
    void checkAllUsed() {
        Check.that(makers.isEmpty(), "each content has its relation: %s", makers.keySet());
    }

    private void put(
            String schemaName,
            String relation,
            Function<Shape, Function<SystemContext, Iterable<@Nullable Object[]>>> maker) {
        var before = makers.put(schemaName + "." + relation, maker);
        Check.that(before == null, "%s is registered once", relation);
    }

    /// The rows of the schema asked for last. Sessions share them and nobody changes them.
    private static final class KeptRows {
        private final Shape shape;
        private final OfSchema content;
        private final AtomicReference<@Nullable Kept> kept = new AtomicReference<>();

        private record Kept(Schema schema, List<@Nullable Object[]> rows) {}

        KeptRows(Shape shape, OfSchema content) {
            this.shape = shape;
            this.content = content;
        }

        Iterable<@Nullable Object[]> rows(SystemContext context) {
            Schema schema = context.schema();
            Kept last = kept.get();
            if (last == null || last.schema() != schema) {
                RowSet rows = new RowSet(shape);
                content.fill(schema, rows);
                last = new Kept(schema, new ArrayList<>(rows.rows()));
                kept.set(last);
            }
            return last.rows();
        }
    }
}
