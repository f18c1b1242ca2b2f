package io.quorate.sql.session;

import io.quorate.sql.api.Portal;
import io.quorate.sql.api.ResultColumn;
import io.quorate.sql.parse.ast.Statement;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Any statement that has no plan of its own.
final class UtilityPortal implements Portal {
    private final SqlSession session;
    private final Utilities utilities;
    private final StatementHandle handle;
    private @Nullable UtilityResult result;
    private @Nullable ArrayDeque<@Nullable Object[]> rows;

    UtilityPortal(SqlSession session, Utilities utilities, StatementHandle handle) {
        this.session = session;
        this.utilities = utilities;
        this.handle = handle;
    }

    @Override
    public List<ResultColumn> columns() {
        return handle.columns();
    }

    @Override
    public boolean returnsRows() {
        return handle.returnsRows();
    }

    @Override
    public Outcome execute(int rowsMax, RowSink sink) {
        UtilityResult ran = result;
        if (ran == null) {
            session.beginRunning();
            try {
                ran = utilities.run(statement());
            } finally {
                if (!isCopying(ran)) {
                    session.endRunning();
                }
            }
            result = ran;
        }
        return switch (ran) {
            case UtilityResult.Done done -> new Outcome.Complete(done.tag());
            case UtilityResult.Rows some -> give(some, rowsMax, sink);
            case UtilityResult.Delegated delegated -> delegated.portal().execute(rowsMax, sink);
            case UtilityResult.CopyIn copy -> new Outcome.CopyIn(copy.sink());
            case UtilityResult.CopyOut copy -> new Outcome.CopyOut(copy.source());
        };
    }

    @Override
    public void close() {
        if (result instanceof UtilityResult.Delegated delegated) {
            delegated.portal().close();
        }
    }

    /// What is copied runs on until the session is told of its end.
    private static boolean isCopying(@Nullable UtilityResult result) {
        return result instanceof UtilityResult.CopyIn || result instanceof UtilityResult.CopyOut;
    }

    private Outcome give(UtilityResult.Rows some, int rowsMax, RowSink sink) {
        ArrayDeque<@Nullable Object[]> left = rows;
        if (left == null) {
            left = new ArrayDeque<>(some.rows());
            rows = left;
        }
        for (int i = 0; (rowsMax <= 0 || i < rowsMax) && !left.isEmpty(); i++) {
            sink.row(left.remove());
        }
        return left.isEmpty() ? new Outcome.Complete(some.tag()) : new Outcome.Suspended();
    }

    private Statement statement() {
        Statement statement = handle.statement();
        if (statement == null) {
            throw new IllegalStateException("a utility statement has a tree");
        }
        return statement;
    }
}
