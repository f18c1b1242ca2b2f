package io.quorate.sql.parse;

import io.quorate.common.error.ErrorCode;
import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.SessionStatement;
import io.quorate.sql.parse.ast.SessionStatement.SettingValue;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.ast.TableExpression.TableReference;
import io.quorate.sql.parse.ast.TransactionStatement;
import io.quorate.sql.parse.ast.TransactionStatement.Isolation;
import io.quorate.sql.parse.ast.TransactionStatement.Modes;
import io.quorate.sql.parse.ast.TransactionStatement.TwoPhaseKind;
import io.quorate.sql.parse.ast.TypeName;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Transactions, settings, locks and notifications. Each method reads a whole statement from its
/// first word on.
final class SessionStatements {
    private final Grammar grammar;
    private final Tokens tokens;

    SessionStatements(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
    }

    Statement begin() {
        int position = tokens.next().position();
        acceptWork();
        return new TransactionStatement.Begin(false, modes(false), position);
    }

    Statement start() {
        int position = tokens.next().position();
        tokens.expect("transaction");
        return new TransactionStatement.Begin(true, modes(false), position);
    }

    /// COMMIT and END.
    Statement commit() {
        Token word = tokens.next();
        if (word.is("commit") && tokens.accept("prepared")) {
            return new TransactionStatement.TwoPhase(
                    TwoPhaseKind.COMMIT_PREPARED, tokens.string(), word.position());
        }
        acceptWork();
        return new TransactionStatement.Commit(chain(), word.position());
    }

    /// ROLLBACK, ROLLBACK TO and ABORT.
    Statement rollback() {
        Token word = tokens.next();
        if (word.is("rollback") && tokens.accept("prepared")) {
            return new TransactionStatement.TwoPhase(
                    TwoPhaseKind.ROLLBACK_PREPARED, tokens.string(), word.position());
        }
        acceptWork();
        if (word.is("rollback") && tokens.accept("to")) {
            acceptSavepoint();
            return new TransactionStatement.RollbackTo(tokens.name(), word.position());
        }
        return new TransactionStatement.Rollback(chain(), word.position());
    }

    Statement savepoint() {
        int position = tokens.next().position();
        return new TransactionStatement.Savepoint(tokens.name(), position);
    }

    Statement release() {
        int position = tokens.next().position();
        acceptSavepoint();
        return new TransactionStatement.Release(tokens.name(), position);
    }

    Statement prepareTransaction() {
        int position = tokens.next().position();
        tokens.expect("transaction");
        return new TransactionStatement.TwoPhase(TwoPhaseKind.PREPARE, tokens.string(), position);
    }

    Statement set() {
        int position = tokens.next().position();
        if (tokens.accept("constraints")) {
            return constraints(position);
        }
        boolean local = tokens.accept("local");
        if (!local && tokens.at("session") && !startsSetting(tokens.peek(1))) {
            tokens.next();
        }
        if (tokens.accept("session", "characteristics")) {
            tokens.expect("as", "transaction");
            return new TransactionStatement.SetTransaction(true, modes(true), position);
        }
        if (tokens.at("transaction") && !isAssignment(tokens.peek(1))) {
            tokens.next();
            if (tokens.accept("snapshot")) {
                return new TransactionStatement.SetSnapshot(tokens.string(), position);
            }
            return new TransactionStatement.SetTransaction(false, modes(true), position);
        }
        return setting(local, position);
    }

    /// A setting from its name on, as in SET and ALTER ROLE … SET.
    SessionStatement.Set setting(boolean local, int position) {
        if (tokens.accept("time", "zone")) {
            return new SessionStatement.Set(local, "timezone", timeZone(), position);
        }
        if (!isAssignment(tokens.peek(1)) && !tokens.peek(1).is(".")) {
            SessionStatement.Set special = specialSetting(local, position);
            if (special != null) {
                return special;
            }
        }
        String name = settingName();
        if (tokens.at("from", "current")) {
            throw Tokens.refusal(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "SET … FROM CURRENT is not supported",
                    position);
        }
        if (!tokens.accept("=")) {
            tokens.expect("to");
        }
        List<SettingValue> values =
                tokens.accept("default") ? List.of() : grammar.names.commaList(this::settingValue);
        return new SessionStatement.Set(local, name, values, position);
    }

    Statement show() {
        int position = tokens.next().position();
        return new SessionStatement.Show(settingNameOrAll(), position);
    }

    SessionStatement.Reset reset() {
        int position = tokens.next().position();
        return new SessionStatement.Reset(settingNameOrAll(), position);
    }

    Statement discard() {
        int position = tokens.next().position();
        SessionStatement.DiscardKind kind =
                switch (tokens.expectAny("all", "plans", "sequences", "temp", "temporary")) {
                    case "all" -> SessionStatement.DiscardKind.ALL;
                    case "plans" -> SessionStatement.DiscardKind.PLANS;
                    case "sequences" -> SessionStatement.DiscardKind.SEQUENCES;
                    default -> SessionStatement.DiscardKind.TEMP;
                };
        return new SessionStatement.Discard(kind, position);
    }

    Statement listen() {
        int position = tokens.next().position();
        return new SessionStatement.Listen(tokens.name(), position);
    }

    Statement unlisten() {
        int position = tokens.next().position();
        Name channel = tokens.at("*") ? new Name("*", tokens.next().position()) : tokens.name();
        return new SessionStatement.Unlisten(channel, position);
    }

    /// Called NOTIFY; a method of that name would be [Object#notify()].
    Statement notifyChannel() {
        int position = tokens.next().position();
        Name channel = tokens.name();
        String payload = tokens.accept(",") ? tokens.string() : "";
        return new SessionStatement.Notify(channel, payload, position);
    }

    Statement lock() {
        int position = tokens.next().position();
        tokens.accept("table");
        List<TableReference> tables = grammar.names.commaList(grammar.from::relation);
        SessionStatement.LockMode mode = SessionStatement.LockMode.ACCESS_EXCLUSIVE;
        if (tokens.accept("in")) {
            mode = lockMode();
            tokens.expect("mode");
        }
        return new SessionStatement.Lock(tables, mode, tokens.accept("nowait"), position);
    }

    private void acceptWork() {
        if (!tokens.accept("work")) {
            tokens.accept("transaction");
        }
    }

    /// The word, unless it is the name itself.
    private void acceptSavepoint() {
        if (tokens.peek(1).isColumnName()) {
            tokens.accept("savepoint");
        }
    }

    private boolean chain() {
        if (!tokens.accept("and")) {
            return false;
        }
        boolean chain = !tokens.accept("no");
        tokens.expect("chain");
        return chain;
    }

    private Modes modes(boolean required) {
        Isolation isolation = null;
        Boolean readOnly = null;
        Boolean deferrable = null;
        boolean more = required;
        while (more || atMode()) {
            if (tokens.accept("isolation", "level")) {
                isolation = isolation();
            } else if (tokens.accept("read")) {
                readOnly = tokens.expectAny("only", "write").equals("only");
            } else if (tokens.accept("deferrable")) {
                deferrable = true;
            } else {
                tokens.expect("not", "deferrable");
                deferrable = false;
            }
            more = tokens.accept(",");
        }
        return new Modes(isolation, readOnly, deferrable);
    }

    private boolean atMode() {
        return tokens.atAny("isolation", "read", "deferrable", "not");
    }

    private Isolation isolation() {
        return switch (tokens.expectAny("read", "repeatable", "serializable")) {
            case "read" ->
                    tokens.expectAny("committed", "uncommitted").equals("committed")
                            ? Isolation.READ_COMMITTED
                            : Isolation.READ_UNCOMMITTED;
            case "repeatable" -> {
                tokens.expect("read");
                yield Isolation.REPEATABLE_READ;
            }
            default -> Isolation.SERIALIZABLE;
        };
    }

    private Statement constraints(int position) {
        List<QualifiedName> names =
                tokens.accept("all") ? List.of() : grammar.names.qualifiedList();
        boolean deferred = tokens.expectAny("deferred", "immediate").equals("deferred");
        return new TransactionStatement.SetConstraints(names, deferred, position);
    }

    /// Whether SESSION before this token is part of a name and does not stand against LOCAL.
    private static boolean startsSetting(Token behind) {
        return isAssignment(behind)
                || behind.is(".")
                || behind.is("characteristics")
                || behind.is("authorization");
    }

    private static boolean isAssignment(Token token) {
        return token.is("=") || token.is("to");
    }

    private SessionStatement.@Nullable Set specialSetting(boolean local, int position) {
        if (tokens.at("session", "authorization")) {
            tokens.expect("session", "authorization");
            return roleSetting(local, "session_authorization", "default", position);
        }
        if (tokens.accept("role")) {
            return roleSetting(local, "role", "none", position);
        }
        if (tokens.accept("names")) {
            boolean standard = tokens.accept("default") || !tokens.at(TokenKind.STRING);
            List<SettingValue> values = standard ? List.of() : List.of(text(tokens.next()));
            return new SessionStatement.Set(local, "client_encoding", values, position);
        }
        if (tokens.accept("schema")) {
            Token schema = tokens.expect(TokenKind.STRING);
            return new SessionStatement.Set(local, "search_path", List.of(text(schema)), position);
        }
        if (tokens.accept("catalog")) {
            Token catalog = tokens.expect(TokenKind.STRING);
            throw Tokens.refusal(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "current database cannot be changed",
                    catalog.position());
        }
        return null;
    }

    private SessionStatement.Set roleSetting(
            boolean local, String name, String standard, int position) {
        if (tokens.accept(standard)) {
            return new SessionStatement.Set(
                    local,
                    name,
                    standard.equals("default")
                            ? List.of()
                            : List.of(new SettingValue.Text("none", position)),
                    position);
        }
        Token role = tokens.peek();
        if (role.kind() != TokenKind.STRING && !role.isColumnName()) {
            throw tokens.syntaxError();
        }
        return new SessionStatement.Set(local, name, List.of(text(tokens.next())), position);
    }

    private List<SettingValue> timeZone() {
        Token token = tokens.peek();
        if (tokens.accept("default") || tokens.accept("local")) {
            return List.of();
        }
        if (token.kind() == TokenKind.STRING || token.kind() == TokenKind.IDENTIFIER) {
            return List.of(text(tokens.next()));
        }
        if (tokens.accept("interval")) {
            String text = tokens.string();
            TypeName type = grammar.types.interval(null, token.position());
            return List.of(new SettingValue.Interval(text, type, token.position()));
        }
        return List.of(new SettingValue.Number(tokens.signedNumber(), token.position()));
    }

    private String settingNameOrAll() {
        if (tokens.accept("all")) {
            return "all";
        }
        if (tokens.accept("time", "zone")) {
            return "timezone";
        }
        if (tokens.accept("transaction", "isolation", "level")) {
            return "transaction_isolation";
        }
        if (tokens.accept("session", "authorization")) {
            return "session_authorization";
        }
        return settingName();
    }

    private String settingName() {
        StringBuilder name = new StringBuilder(tokens.name().text());
        while (tokens.accept(".")) {
            name.append('.').append(tokens.name().text());
        }
        return name.toString();
    }

    private SettingValue settingValue() {
        Token token = tokens.peek();
        boolean word = token.isColumnName() || token.isTypeOrFunctionName();
        if (word || token.kind() == TokenKind.STRING || tokens.atAny("true", "false", "on")) {
            return text(tokens.next());
        }
        return new SettingValue.Number(tokens.signedNumber(), token.position());
    }

    private static SettingValue text(Token token) {
        return new SettingValue.Text(token.text(), token.position());
    }

    private SessionStatement.LockMode lockMode() {
        return switch (tokens.expectAny("access", "row", "share", "exclusive")) {
            case "access" ->
                    tokens.expectAny("share", "exclusive").equals("share")
                            ? SessionStatement.LockMode.ACCESS_SHARE
                            : SessionStatement.LockMode.ACCESS_EXCLUSIVE;
            case "row" ->
                    tokens.expectAny("share", "exclusive").equals("share")
                            ? SessionStatement.LockMode.ROW_SHARE
                            : SessionStatement.LockMode.ROW_EXCLUSIVE;
            case "share" -> {
                if (tokens.accept("update", "exclusive")) {
                    yield SessionStatement.LockMode.SHARE_UPDATE_EXCLUSIVE;
                }
                yield tokens.accept("row", "exclusive")
                        ? SessionStatement.LockMode.SHARE_ROW_EXCLUSIVE
                        : SessionStatement.LockMode.SHARE;
            }
            default -> SessionStatement.LockMode.EXCLUSIVE;
        };
    }
}
