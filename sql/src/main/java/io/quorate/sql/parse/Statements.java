package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Persistence;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Finds the parser of a statement by its first words.
final class Statements {
    private final Grammar grammar;
    private final Tokens tokens;

    Statements(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    /// One statement, up to its semicolon or the end of the text.
    Statement statement() {
        Token first = tokens.peek();
        if (first.is("(")) {
            return grammar.queries.query();
        }
        if (first.kind() != TokenKind.KEYWORD) {
            throw tokens.syntaxError();
        }
        Statement statement = common(first);
        if (statement == null) {
            statement = definition(first);
        }
        if (statement == null) {
            statement = upkeep(first);
        }
        if (statement == null) {
            throw tokens.syntaxError();
        }
        return statement;
    }

    private @Nullable Statement common(Token first) {
        return switch (first.text()) {
            case "select", "values", "table", "with", "insert", "update", "delete", "merge" ->
                    grammar.data.queryOrChange();
            case "begin" -> grammar.session.begin();
            case "start" -> grammar.session.start();
            case "commit", "end" -> grammar.session.commit();
            case "rollback", "abort" -> grammar.session.rollback();
            case "savepoint" -> grammar.session.savepoint();
            case "release" -> grammar.session.release();
            case "set" -> grammar.session.set();
            case "show" -> grammar.session.show();
            case "reset" -> grammar.session.reset();
            case "copy" -> grammar.utilities.copy();
            case "explain" -> grammar.utilities.explain();
            case "prepare" -> grammar.utilities.prepare();
            case "execute" -> grammar.utilities.execute();
            case "deallocate" -> grammar.utilities.deallocate();
            case "declare" -> grammar.utilities.declare();
            case "fetch", "move" -> grammar.utilities.fetch();
            case "close" -> grammar.utilities.close();
            default -> null;
        };
    }

    private @Nullable Statement definition(Token first) {
        return switch (first.text()) {
            case "create" -> create();
            case "alter" -> grammar.alter.alter();
            case "drop" -> grammar.objects.drop();
            case "truncate" -> grammar.objects.truncate();
            case "comment" -> grammar.objects.comment();
            case "refresh" -> grammar.objects.refresh();
            case "grant" -> grammar.roles.grant();
            case "revoke" -> grammar.roles.revoke();
            case "reassign" -> grammar.roles.reassign();
            default -> null;
        };
    }

    private @Nullable Statement upkeep(Token first) {
        return switch (first.text()) {
            case "discard" -> grammar.session.discard();
            case "listen" -> grammar.session.listen();
            case "unlisten" -> grammar.session.unlisten();
            case "notify" -> grammar.session.notifyChannel();
            case "lock" -> grammar.session.lock();
            case "vacuum" -> grammar.utilities.vacuum();
            case "analyze", "analyse" -> grammar.utilities.analyze();
            case "reindex" -> grammar.utilities.reindex();
            case "cluster" -> grammar.utilities.cluster();
            case "checkpoint" -> grammar.utilities.checkpoint();
            case "do" -> grammar.utilities.doBlock();
            case "call" -> grammar.utilities.call();
            case "load", "import" -> unsupported(1);
            case "security" -> unsupported(2);
            default -> null;
        };
    }

    /// CREATE of anything. Also what may stand inside CREATE SCHEMA.
    Statement create() {
        int position = tokens.expect("create").position();
        boolean orReplace = tokens.accept("or", "replace");
        if (orReplace && !tokens.atAny("temp", "temporary", "local", "global")) {
            return grammar.objects.createOrReplace(position);
        }
        Persistence persistence = grammar.queries.persistence();
        if (!orReplace) {
            if (tokens.at("table")) {
                return grammar.tables.createTable(persistence, position);
            }
            if (tokens.at("materialized", "view")) {
                return grammar.tables.createMaterializedView(persistence, position);
            }
            if (tokens.at("sequence")) {
                return grammar.objects.createSequence(persistence, position);
            }
        }
        if (tokens.at("view") || tokens.at("recursive", "view")) {
            return grammar.objects.createView(orReplace, persistence, position);
        }
        if (persistence != Persistence.PERMANENT || orReplace) {
            throw tokens.syntaxError();
        }
        if (tokens.at("index") || tokens.at("unique", "index")) {
            return grammar.tables.createIndex(position);
        }
        return grammar.objects.create(position);
    }

    /// A statement that is known by its first words alone: everything up to its end is passed.
    Statement unsupported(int words) {
        int position = tokens.position();
        StringBuilder command = new StringBuilder();
        for (int i = 0; i < words; i++) {
            if (!tokens.peek().isLabel()) {
                throw tokens.syntaxError();
            }
            command.append(i == 0 ? "" : " ").append(tokens.next().text());
        }
        return unsupported(command.toString(), position);
    }

    /// As [#unsupported(int)], when the words have been read already.
    Statement unsupported(String command, int position) {
        int depth = 0;
        while (!tokens.at(TokenKind.END) && !(depth == 0 && tokens.at(";"))) {
            Token token = tokens.next();
            if (token.is("(")) {
                depth++;
            } else if (token.is(")")) {
                depth--;
            }
        }
        return new Statement.Unsupported(command.toUpperCase(Locale.ROOT), position);
    }
}
