package io.quorate.sql.plan;

import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.algebra.BoundStatement;
import io.quorate.sql.exec.PhysicalPlan;

/// Plans bound statements. Shared by all sessions.
public final class Planner {
    public PhysicalPlan plan(BoundStatement statement) {
        throw new QuorateException(ErrorCode.FEATURE_NOT_SUPPORTED, "not there yet " + statement);
    }
}
