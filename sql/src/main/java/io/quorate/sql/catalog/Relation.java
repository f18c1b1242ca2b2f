package io.quorate.sql.catalog;

import java.util.List;

/// What can stand in FROM under a name of its own.
public sealed interface Relation permits TableDescriptor, ViewDescriptor, SystemView {
    /// `pg_class.oid`.
    long oid();

    String schema();

    String name();

    /// The columns that users see, in order.
    List<? extends RelationColumn> columns();
}
