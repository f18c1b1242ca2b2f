package io.quorate.sql.system;

import io.quorate.common.metrics.Metrics;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.function.Functions;
import io.quorate.sql.session.CatalogFunctions;
import io.quorate.sql.type.ObjectNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The system's own relations and the functions over them.
///
/// What a relation looks like stands in the files `*.relations`; what is in it is computed by the
/// family of its kind. To add a relation add it to the file; to fill it, register its content with
/// the family.
public final class SystemCatalog {
    private final Map<String, SystemView> views = new TreeMap<>();
    private final RoutineNames routines;
    private final String superuser;
    private final ObjectIndex.Keeper objects = new ObjectIndex.Keeper();

    /// @param superuser the role that owns everything
    public SystemCatalog(Metrics metrics, Functions functions, String database, String superuser) {
        this.superuser = superuser;
        routines = new RoutineNames(functions);
        add(MetricsView.of(metrics));

        List<Shape> shapes = new ArrayList<>(Shape.read(Schema.PG_CATALOG));
        shapes.addAll(Shape.read(Oids.INFORMATION_SCHEMA));
        Contents contents = new Contents();
        TypeTable types = new TypeTable();
        new ClassFamily(shapes, types).register(contents);
        new IndexFamily(types).register(contents);
        new TypeFamily(types).register(contents);
        new RoutineFamily(functions).register(contents);
        new ClusterFamily(database, superuser).register(contents);
        SequenceFamily.register(contents);
        new ListingFamily(shapes, routines, superuser).register(contents);
        new InformationSchema(shapes, database, superuser).register(contents);
        new InformationColumns(shapes, database).register(contents);
        shapes.forEach(shape -> add(contents.view(shape)));
        contents.checkAllUsed();
    }

    private void add(SystemView view) {
        views.put(view.schema() + "." + view.name(), view);
    }

    public Schema.SystemViews views() {
        return new Schema.SystemViews() {
            @Override
            public @Nullable SystemView find(String schema, String name) {
                return views.get(schema + "." + name);
            }

            @Override
            public Collection<SystemView> all() {
                return Collections.unmodifiableCollection(views.values());
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
                return new Answers(namesIn(schema, searchPath)).call(function, arguments);
            }

            @Override
            public ObjectNames names(Schema schema, List<String> searchPath) {
                return namesIn(schema, searchPath);
            }
        };
    }

    private CatalogNames namesIn(Schema schema, List<String> searchPath) {
        return new CatalogNames(objects.of(schema), routines, superuser, searchPath);
    }
}
