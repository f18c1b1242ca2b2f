package io.quorate.sql.system;

import io.quorate.common.env.Env;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.catalog.Relation;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.session.CatalogFunctions;
import io.quorate.sql.type.ObjectNames;
import io.quorate.sql.type.SqlType;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The system's own relations and the functions over them.
public final class SystemCatalog {
    private final Map<String, SystemView> views = new TreeMap<>();

    public SystemCatalog(Env env) {
        SystemView metrics = MetricsView.of(env.metrics());
        views.put(metrics.schema() + "." + metrics.name(), metrics);
    }

    public Schema.SystemViews views() {
        return new Schema.SystemViews() {
            @Override
            public @Nullable SystemView find(String schema, String name) {
                return views.get(schema + "." + name);
            }

            @Override
            public Collection<SystemView> all() {
                return views.values();
            }
        };
    }

    public CatalogFunctions functions() {
        return new CatalogFunctions() {
            @Override
            public @Nullable Object call(
                    String function,
                    @Nullable Object[] arguments,
                    Schema schema,
                    List<String> searchPath) {
                throw new QuorateException(
                        ErrorCode.UNDEFINED_FUNCTION, "function " + function + " does not exist");
            }

            @Override
            public ObjectNames names(Schema schema, List<String> searchPath) {
                return new Names(schema, searchPath);
            }
        };
    }

    /// Names behind `regclass` and `regtype`.
    private record Names(Schema schema, List<String> searchPath) implements ObjectNames {
        @Override
        public @Nullable String nameOf(SqlType regType, long oid) {
            var table = schema.table(oid);
            if (table != null) {
                return table.name();
            }
            var sequence = schema.sequence(oid);
            return sequence != null ? sequence.name() : ObjectNames.NONE.nameOf(regType, oid);
        }

        @Override
        public @Nullable Long oidOf(SqlType regType, String name) {
            if (regType.oid() != SqlType.REGCLASS.oid()) {
                return ObjectNames.NONE.oidOf(regType, name);
            }
            int dot = name.indexOf('.');
            String inSchema = dot < 0 ? null : unquote(name.substring(0, dot));
            String last = unquote(name.substring(dot + 1));
            Relation relation = schema.find(inSchema, last, searchPath);
            if (relation != null) {
                return relation.oid();
            }
            var sequence = schema.findSequence(inSchema, last, searchPath);
            return sequence == null ? null : sequence.oid();
        }

        private static String unquote(String part) {
            return part.length() > 1 && part.startsWith("\"") && part.endsWith("\"")
                    ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
                    : part.toLowerCase(java.util.Locale.ROOT);
        }
    }
}
