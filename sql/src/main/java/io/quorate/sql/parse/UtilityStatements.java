package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Expression;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.Option;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.Query;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.parse.ast.UtilityStatement;
import io.quorate.sql.parse.ast.UtilityStatement.CopyEnd;
import io.quorate.sql.parse.ast.UtilityStatement.CopySource;
import io.quorate.sql.parse.ast.UtilityStatement.Fetch;
import io.quorate.sql.parse.ast.UtilityStatement.VacuumTarget;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;

/// COPY, EXPLAIN, prepared statements, cursors and upkeep. Each method reads a whole statement from
/// its first word on.
final class UtilityStatements {
    private final Grammar grammar;
    private final Tokens tokens;

    UtilityStatements(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement copy() {
        int position = tokens.next().position();
        List<Option> options = new ArrayList<>();
        if (tokens.at("binary")) {
            options.add(Options.text("format", "binary", tokens.next().position()));
        }
        CopySource source = copySource();
        boolean from =
                source instanceof CopySource.Table
                        ? tokens.expectAny("from", "to").equals("from")
                        : !tokens.expect("to").is("to");
        CopyEnd end = copyEnd();
        if (source instanceof CopySource.Table) {
            int at = tokens.position();
            if (tokens.accept("using")) {
                tokens.expect("delimiters");
                options.add(Options.text("delimiter", tokens.string(), at));
            }
        }
        tokens.accept("with");
        if (tokens.at("(")) {
            options.addAll(grammar.options.list());
        } else {
            legacyCopyOptions(options);
        }
        int at = tokens.position();
        Expression where = tokens.accept("where") ? grammar.expressions.expression() : null;
        if (where != null && !from) {
            throw Tokens.refusal("WHERE clause not allowed with COPY TO", at);
        }
        return new UtilityStatement.Copy(source, from, end, options, where, position);
    }

    Statement explain() {
        int position = tokens.next().position();
        List<Option> options = new ArrayList<>();
        if (tokens.at("(") && !grammar.queries.atBracketedStart()) {
            options.addAll(grammar.options.list());
        } else {
            if (tokens.atAny("analyze", "analyse")) {
                options.add(Options.word("analyze", tokens.next().position()));
            }
            if (tokens.at("verbose")) {
                options.add(Options.word("verbose", tokens.next().position()));
            }
        }
        return new UtilityStatement.Explain(options, explainable(), position);
    }

    Statement prepare() {
        if (tokens.peek(1).is("transaction")) {
            return grammar.session.prepareTransaction();
        }
        int position = tokens.next().position();
        Name name = tokens.name();
        List<TypeName> types = List.of();
        if (tokens.accept("(")) {
            types = grammar.names.commaList(grammar.types::type);
            tokens.expect(")");
        }
        tokens.expect("as");
        return new UtilityStatement.Prepare(name, types, grammar.data.queryOrChange(), position);
    }

    UtilityStatement.Execute execute() {
        int position = tokens.expect("execute").position();
        Name name = tokens.name();
        List<Expression> arguments = List.of();
        if (tokens.accept("(")) {
            arguments = grammar.expressions.list();
            tokens.expect(")");
        }
        return new UtilityStatement.Execute(name, arguments, position);
    }

    Statement deallocate() {
        int position = tokens.next().position();
        if (!atEnd(1)) {
            tokens.accept("prepare");
        }
        return new UtilityStatement.Deallocate(
                tokens.accept("all") ? null : tokens.name(), position);
    }

    Statement declare() {
        int position = tokens.next().position();
        Name name = tokens.name();
        boolean binary = false;
        boolean insensitive = false;
        Boolean scroll = null;
        while (!tokens.at("cursor")) {
            if (tokens.accept("binary")) {
                binary = true;
            } else if (tokens.accept("insensitive")) {
                insensitive = true;
            } else if (tokens.accept("asensitive")) {
                insensitive = false;
            } else if (tokens.accept("no", "scroll")) {
                scroll = false;
            } else {
                tokens.expect("scroll");
                scroll = true;
            }
        }
        tokens.expect("cursor");
        boolean hold = tokens.accept("with", "hold");
        if (!hold) {
            tokens.accept("without", "hold");
        }
        tokens.expect("for");
        Query query = grammar.queries.query();
        return new UtilityStatement.DeclareCursor(
                name, binary, scroll, insensitive, hold, query, position);
    }

    /// FETCH and MOVE.
    Statement fetch() {
        Token word = tokens.next();
        Fetch.Direction direction = Fetch.Direction.FORWARD;
        long count = 1;
        if (tokens.peek().isColumnName() && atEnd(1)) {
            return new Fetch(tokens.name(), word.is("move"), direction, count, word.position());
        }
        if (atCount()) {
            count = tokens.signedInteger();
        } else if (tokens.accept("all")) {
            count = Fetch.ALL;
        } else if (tokens.accept("prior")) {
            direction = Fetch.Direction.BACKWARD;
        } else if (tokens.accept("first")) {
            direction = Fetch.Direction.ABSOLUTE;
        } else if (tokens.accept("last")) {
            direction = Fetch.Direction.ABSOLUTE;
            count = -1;
        } else if (tokens.atAny("absolute", "relative")) {
            direction =
                    tokens.next().is("absolute")
                            ? Fetch.Direction.ABSOLUTE
                            : Fetch.Direction.RELATIVE;
            count = tokens.signedInteger();
        } else if (tokens.atAny("forward", "backward")) {
            direction =
                    tokens.next().is("forward")
                            ? Fetch.Direction.FORWARD
                            : Fetch.Direction.BACKWARD;
            count = atCount() ? tokens.signedInteger() : tokens.accept("all") ? Fetch.ALL : 1;
        } else {
            tokens.accept("next");
        }
        if (!tokens.accept("from")) {
            tokens.accept("in");
        }
        return new Fetch(tokens.name(), word.is("move"), direction, count, word.position());
    }

    Statement close() {
        int position = tokens.next().position();
        return new UtilityStatement.CloseCursor(
                tokens.accept("all") ? null : tokens.name(), position);
    }

    Statement vacuum() {
        int position = tokens.next().position();
        List<Option> options = new ArrayList<>();
        if (tokens.at("(")) {
            options.addAll(grammar.options.list());
        } else {
            for (String word : List.of("full", "freeze", "verbose", "analyze")) {
                if (tokens.at(word)) {
                    options.add(Options.word(word, tokens.next().position()));
                }
            }
        }
        return new UtilityStatement.Vacuum(true, options, vacuumTargets(), position);
    }

    Statement analyze() {
        int position = tokens.next().position();
        List<Option> options = new ArrayList<>();
        if (tokens.at("(")) {
            options.addAll(grammar.options.list());
        } else if (tokens.at("verbose")) {
            options.add(Options.word("verbose", tokens.next().position()));
        }
        return new UtilityStatement.Vacuum(false, options, vacuumTargets(), position);
    }

    Statement reindex() {
        int position = tokens.next().position();
        if (tokens.at("(")) {
            grammar.options.list();
        }
        String kind = tokens.expectAny("index", "table", "schema", "system", "database");
        tokens.accept("concurrently");
        QualifiedName name = grammar.names.qualified();
        return new UtilityStatement.Rebuild("reindex " + kind, name, position);
    }

    Statement cluster() {
        int position = tokens.next().position();
        if (tokens.at("(")) {
            grammar.options.list();
        } else {
            tokens.accept("verbose");
        }
        QualifiedName name = tokens.peek().isColumnName() ? grammar.names.qualified() : null;
        if (name != null && tokens.accept("using")) {
            tokens.name();
        }
        return new UtilityStatement.Rebuild("cluster", name, position);
    }

    Statement checkpoint() {
        return new UtilityStatement.Checkpoint(tokens.next().position());
    }

    Statement doBlock() {
        int position = tokens.next().position();
        Name language = null;
        String code = null;
        while (code == null || tokens.at("language")) {
            if (tokens.accept("language")) {
                language =
                        tokens.at(TokenKind.STRING)
                                ? new Name(tokens.string(), tokens.previous().position())
                                : tokens.name();
            } else {
                code = tokens.string();
            }
        }
        return new UtilityStatement.Do(language, code, position);
    }

    Statement call() {
        int position = tokens.next().position();
        Token name = tokens.peek();
        if (!(grammar.primaries.primary() instanceof Expression.FunctionCall call)) {
            throw tokens.syntaxError(name.kind() == TokenKind.IDENTIFIER ? tokens.peek() : name);
        }
        return new UtilityStatement.Call(call, position);
    }

    private CopySource copySource() {
        int position = tokens.position();
        if (tokens.accept("(")) {
            Statement statement = grammar.data.queryOrChange();
            tokens.expect(")");
            return new CopySource.Rows(statement, position);
        }
        QualifiedName table = grammar.names.qualified();
        return new CopySource.Table(table, grammar.names.optionalBracketedNames(), position);
    }

    /// STDIN and STDOUT may be mixed up: the direction is said already.
    private CopyEnd copyEnd() {
        if (tokens.accept("program")) {
            return new CopyEnd.Program(tokens.string());
        }
        if (tokens.at(TokenKind.STRING)) {
            return new CopyEnd.File(tokens.string());
        }
        tokens.expectAny("stdin", "stdout");
        return new CopyEnd.Client();
    }

    /// `CSV HEADER DELIMITER ',' …` without brackets, from before PostgreSQL 9.0.
    private void legacyCopyOptions(List<Option> options) {
        while (true) {
            int position = tokens.position();
            if (tokens.atAny("binary", "csv")) {
                options.add(Options.text("format", tokens.next().text(), position));
            } else if (tokens.atAny("freeze", "header")) {
                options.add(Options.word(tokens.next().text(), position));
            } else if (tokens.atAny("delimiter", "null", "quote", "escape", "encoding")) {
                String name = tokens.next().text();
                tokens.accept("as");
                options.add(Options.text(name, tokens.string(), position));
            } else if (tokens.accept("force")) {
                options.add(force(position));
            } else {
                return;
            }
        }
    }

    private Option force(int position) {
        String word = tokens.expectAny("quote", "not", "null");
        if (word.equals("not")) {
            tokens.expect("null");
            word = "not_null";
        }
        Option.Value columns;
        if (word.equals("quote") && tokens.accept("*")) {
            columns = new Option.Value.Star();
        } else {
            columns =
                    new Option.Value.Items(
                            grammar.names.nameList().stream().map(Name::text).toList());
        }
        return new Option("force_" + word, columns, position);
    }

    private Statement explainable() {
        Token first = tokens.peek();
        return switch (first.text()) {
            case "create", "declare", "execute", "refresh" -> grammar.statements.statement();
            default -> grammar.data.queryOrChange();
        };
    }

    private boolean atEnd(int ahead) {
        Token token = tokens.peek(ahead);
        return token.kind() == TokenKind.END || token.is(";");
    }

    private boolean atCount() {
        return tokens.at(TokenKind.INTEGER) || tokens.atAny("+", "-");
    }

    private List<VacuumTarget> vacuumTargets() {
        if (!tokens.peek().isColumnName()) {
            return List.of();
        }
        return grammar.names.commaList(() -> {
            QualifiedName table = grammar.names.qualified();
            return new VacuumTarget(
                    table, grammar.names.optionalBracketedNames(), table.position());
        });
    }
}
