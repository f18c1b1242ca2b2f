package io.quorate.sql.system;

import io.quorate.sql.catalog.SystemView.SystemColumn;
import io.quorate.sql.type.SqlType;
import java.util.List;

/// The columns that PostgreSQL shows of a sequence.
final class SequenceColumns {
    static final List<SystemColumn> ALL =
            List.of(
                    new SystemColumn("last_value", SqlType.INT8, true),
                    new SystemColumn("log_cnt", SqlType.INT8, true),
                    new SystemColumn("is_called", SqlType.BOOL, true));

    private SequenceColumns() {}
}
