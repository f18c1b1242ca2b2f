package io.quorate.sql.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.quorate.common.check.Check;
import io.quorate.sql.catalog.Schema;
import io.quorate.sql.catalog.SchemaObjects;
import io.quorate.sql.catalog.SystemView;
import io.quorate.sql.catalog.SystemView.Setting;
import io.quorate.sql.catalog.SystemView.SystemColumn;
import io.quorate.sql.catalog.SystemView.SystemContext;
import io.quorate.sql.type.ObjectNames;
import io.quorate.sql.type.SessionFormat;
import io.quorate.sql.type.SqlType;
import io.quorate.sql.type.TypeText;
import io.quorate.sql.type.Types;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// The views and functions over [Fixture]'s schema, as the script `catalog.txt` says. A record of it
/// is a command, a line `----` and the answer. Commands:
///
/// - `show pg_catalog.pg_class oid relname`, and on a second line perhaps `from oid 16384` (that
///   column's value or more) or `where relname orders`: columns of rows;
/// - `call pg_get_indexdef 16386`: a function by the name of its implementation;
/// - `regclass public.orders` (or another such type): the oid of a name; of a number, the name.
///
/// Run with `-Dregenerate=true` to write the answers anew.
class SystemCatalogTest {
    private static final Path SCRIPT =
            Path.of("src/test/resources/io/quorate/sql/system/catalog.txt");
    private static final List<String> SEARCH_PATH = List.of("public");

    private final SystemCatalog catalog = Fixture.catalog();
    private final Schema schema = Fixture.schema(catalog);

    @Test
    void answersAreThoseOfTheScript() throws IOException {
        String script = Files.readString(SCRIPT);
        StringBuilder answered = new StringBuilder();
        for (String block : script.strip().split("\n\n+")) {
            int rule = block.indexOf("\n----");
            String command = rule < 0 ? block : block.substring(0, rule);
            answered.append(answered.isEmpty() ? "" : "\n").append(command).append('\n');
            if (!command.startsWith("#")) {
                answered.append("----\n").append(answer(command.split("\n"))).append('\n');
            }
        }
        if (Boolean.getBoolean("regenerate")) {
            Files.writeString(SCRIPT, answered);
        }
        assertThat(answered.toString()).isEqualTo(script);
    }

    @Test
    void everyRowHasTheTypesOfItsColumns() {
        for (SystemView view : schema.systemViews()) {
            for (@Nullable Object[] row : rows(view, schema)) {
                assertThat(row).as(view.name()).hasSameSizeAs(view.columns());
                for (int i = 0; i < row.length; i++) {
                    SystemColumn column = view.columns().get(i);
                    if (row[i] == null) {
                        assertThat(column.notNull())
                                .as(view.name() + "." + column.name())
                                .isFalse();
                    } else {
                        assertThat(text(column.type(), row[i])).isNotNull();
                    }
                }
            }
        }
    }

    @Test
    void rowsFollowTheSchemaThatIsAskedFor() {
        Schema empty = new Schema(1, SchemaObjects.NONE, catalog.views());
        SystemView sequences = view("pg_catalog.pg_sequence");
        assertThat(rows(sequences, schema)).hasSize(3);
        assertThat(rows(sequences, empty)).isEmpty();
        assertThat(rows(sequences, schema)).hasSize(3);
    }

    @Test
    void noOidStandsForTwoRelations() {
        List<Long> oids = new ArrayList<>();
        schema.systemViews().forEach(view -> oids.add(view.oid()));
        assertThat(oids).doesNotHaveDuplicates();
    }

    private String answer(String[] command) {
        String[] words = command[0].split(" ");
        return switch (words[0]) {
            case "show" -> show(words, command.length > 1 ? command[1].split(" ") : new String[0]);
            case "call" -> call(words);
            default -> name(words[0], command[0].substring(words[0].length() + 1));
        };
    }

    private String show(String[] words, String[] filter) {
        SystemView view = view(words[1]);
        List<String> lines = new ArrayList<>();
        for (@Nullable Object[] row : rows(view, schema)) {
            if (filter.length == 0 || passes(view, row, filter)) {
                List<String> values = new ArrayList<>();
                for (int i = 2; i < words.length; i++) {
                    values.add(value(view, row, words[i]));
                }
                lines.add(String.join(" | ", values));
            }
        }
        return String.join("\n", lines);
    }

    private boolean passes(SystemView view, @Nullable Object[] row, String[] filter) {
        String value = value(view, row, filter[1]);
        return filter[0].equals("from")
                ? Long.parseLong(value) >= Long.parseLong(filter[2])
                : value.equals(filter[2]);
    }

    private String value(SystemView view, @Nullable Object[] row, String column) {
        for (int i = 0; i < row.length; i++) {
            if (view.columns().get(i).name().equals(column)) {
                Object value = row[i];
                return value == null ? "null" : text(view.columns().get(i).type(), value);
            }
        }
        throw new IllegalArgumentException(view.name() + " has no column " + column);
    }

    private String call(String[] words) {
        @Nullable Object[] arguments = new Object[words.length - 2];
        for (int i = 0; i < arguments.length; i++) {
            String word = words[i + 2];
            arguments[i] =
                    switch (word) {
                        case "true" -> true;
                        case "false" -> false;
                        default ->
                                Character.isDigit(word.charAt(0))
                                        ? (Object) Long.parseLong(word)
                                        : word;
                    };
        }
        return String.valueOf(catalog.functions().call(words[1], arguments, schema, SEARCH_PATH));
    }

    private String name(String type, String of) {
        ObjectNames names = catalog.functions().names(schema, SEARCH_PATH);
        SqlType regType = Check.present(Types.byName(type), "a type of the script");
        return Character.isDigit(of.charAt(0))
                ? String.valueOf(names.nameOf(regType, Long.parseLong(of)))
                : String.valueOf(names.oidOf(regType, of));
    }

    private SystemView view(String qualified) {
        String[] parts = qualified.split("\\.");
        return Check.present(catalog.views().find(parts[0], parts[1]), qualified);
    }

    private static List<@Nullable Object[]> rows(SystemView view, Schema of) {
        Setting setting = new Setting("TimeZone", "UTC", "GMT", "UTC", "", true);
        SystemContext context =
                new SystemContext(of, Fixture.DATABASE, Fixture.SUPERUSER, () -> List.of(setting));
        List<@Nullable Object[]> rows = new ArrayList<>();
        view.rows().apply(context).forEach(rows::add);
        return rows;
    }

    private String text(SqlType type, Object value) {
        SessionFormat format =
                SessionFormat.DEFAULT.withNames(catalog.functions().names(schema, SEARCH_PATH));
        return TypeText.encode(type, value, format);
    }
}
