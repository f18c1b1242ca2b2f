package io.quorate.sql.catalog;

import java.util.Comparator;

/// What a comment is about, as `pg_description` names it.
///
/// @param classOid the system catalog that lists the object: [#RELATION] or [#CONSTRAINT]
/// @param subId the number of a column, 0 for the object itself
public record CommentTarget(long classOid, long objectOid, int subId)
        implements Comparable<CommentTarget> {
    /// `pg_class`.
    public static final long RELATION = 1259;

    /// `pg_constraint`.
    public static final long CONSTRAINT = 2606;

    private static final Comparator<CommentTarget> ORDER =
            Comparator.comparingLong(CommentTarget::classOid)
                    .thenComparingLong(CommentTarget::objectOid)
                    .thenComparingInt(CommentTarget::subId);

    @Override
    public int compareTo(CommentTarget other) {
        return ORDER.compare(this, other);
    }
}
