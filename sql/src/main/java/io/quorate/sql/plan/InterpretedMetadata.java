package io.quorate.sql.plan;

import org.apache.calcite.rel.metadata.DefaultRelMetadataProvider;
import org.apache.calcite.rel.metadata.ProxyingMetadataHandlerProvider;
import org.apache.calcite.rel.metadata.RelMetadataQuery;

/// Calcite's metadata without its code generation: no plan waits for a compiler.
final class InterpretedMetadata extends RelMetadataQuery {
    InterpretedMetadata() {
        super(new ProxyingMetadataHandlerProvider(DefaultRelMetadataProvider.INSTANCE));
    }
}
