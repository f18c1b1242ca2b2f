package io.quorate.sql.system;

import io.quorate.common.metrics.Metrics;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.catalog.SystemView.SystemColumn;
import io.quorate.sql.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// `quorate_internal.metrics`: the counters of the node one is connected to.
final class MetricsView {
    private static final long OID = 13_901;

    private MetricsView() {}

    static SystemView of(Metrics metrics) {
        return new SystemView(
                OID,
                "quorate_internal",
                "metrics",
                List.of(
                        new SystemColumn("name", SqlType.TEXT, true),
                        new SystemColumn("value", SqlType.INT8, true)),
                _ -> {
                    List<@Nullable Object[]> rows = new ArrayList<>();
                    metrics.snapshot()
                            .forEach((name, value) -> rows.add(new Object[] {name, value}));
                    return rows;
                });
    }
}
