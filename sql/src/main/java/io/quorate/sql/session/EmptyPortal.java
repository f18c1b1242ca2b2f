package io.quorate.sql.session;

import io.quorate.sql.api.Portal;
import io.quorate.sql.api.ResultColumn;
import java.util.List;

/// The portal of a statement of nothing.
final class EmptyPortal implements Portal {
    @Override
    public List<ResultColumn> columns() {
        return List.of();
    }

    @Override
    public boolean returnsRows() {
        return false;
    }

    @Override
    public Outcome execute(int rowsMax, RowSink sink) {
        return new Outcome.Empty();
    }

    @Override
    public void close() {}
}
