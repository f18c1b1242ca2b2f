package io.quorate.sql.parse;

import io.quorate.sql.parse.ast.Name;
import io.quorate.sql.parse.ast.ObjectKind;
import io.quorate.sql.parse.ast.Option;
import io.quorate.sql.parse.ast.QualifiedName;
import io.quorate.sql.parse.ast.RoleStatement;
import io.quorate.sql.parse.ast.RoleStatement.GrantRights;
import io.quorate.sql.parse.ast.RoleStatement.Privilege;
import io.quorate.sql.parse.ast.SessionStatement;
import io.quorate.sql.parse.ast.Statement;
import io.quorate.sql.parse.lex.Token;
import io.quorate.sql.parse.lex.TokenKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Roles, and the rights they are granted.
final class RoleStatements {
    private final Grammar grammar;
    private final Tokens tokens;
    private final ObjectKinds kinds;

    RoleStatements(Grammar grammar) {
        this.grammar = grammar;
        this.tokens = grammar.tokens;
        this.kinds = new ObjectKinds(grammar);
    }

    /// What follows CREATE, from ROLE, USER or GROUP on.
    Statement create(int position) {
        String kind = tokens.next().text().toUpperCase(Locale.ROOT);
        Name name = grammar.names.role();
        tokens.accept("with");
        return new RoleStatement.CreateRole(kind, name, roleOptions(), position);
    }

    /// What follows ALTER, from ROLE, USER or GROUP on.
    Statement alter(int position) {
        boolean group = tokens.next().is("group");
        Name name = tokens.accept("all") ? null : grammar.names.role();
        if (name != null && tokens.accept("rename", "to")) {
            return new RoleStatement.RenameRole(name, tokens.name(), position);
        }
        if (group && name != null && tokens.atAny("add", "drop")) {
            return membership(name, position);
        }
        Name database = tokens.accept("in", "database") ? tokens.name() : null;
        if (name == null || database != null || tokens.atAny("set", "reset")) {
            return alterSetting(name, database, position);
        }
        tokens.accept("with");
        return new RoleStatement.AlterRole(name, roleOptions(), position);
    }

    /// What follows DROP, from ROLE, USER or GROUP on.
    Statement drop(int position) {
        tokens.next();
        boolean ifExists = tokens.accept("if", "exists");
        return new RoleStatement.DropRole(ifExists, roles(), position);
    }

    /// What follows DROP, from OWNED on.
    Statement dropOwned(int position) {
        tokens.expect("owned", "by");
        List<Name> roles = roles();
        return new RoleStatement.Owned(roles, null, grammar.objects.cascade(), position);
    }

    Statement reassign() {
        int position = tokens.expect("reassign").position();
        tokens.expect("owned", "by");
        List<Name> roles = roles();
        tokens.expect("to");
        return new RoleStatement.Owned(roles, grammar.names.role(), false, position);
    }

    /// `SET x = y` or `RESET x` for a role, a database or both.
    Statement alterSetting(@Nullable Name role, @Nullable Name database, int position) {
        SessionStatement setting;
        if (tokens.at("reset")) {
            setting = grammar.session.reset();
        } else {
            int at = tokens.expect("set").position();
            setting = grammar.session.setting(false, at);
        }
        return new RoleStatement.AlterSetting(role, database, setting, position);
    }

    Statement grant() {
        int position = tokens.expect("grant").position();
        List<Privilege> privileges = privileges();
        if (tokens.at("on")) {
            return rights(false, false, privileges, position);
        }
        tokens.expect("to");
        List<Name> grantees = roles();
        boolean admin = false;
        if (tokens.accept("with")) {
            tokens.expect("admin");
            tokens.expect("option");
            admin = true;
        }
        grantedBy();
        return new RoleStatement.GrantRoles(
                false, roleNames(privileges), grantees, admin, false, false, position);
    }

    Statement revoke() {
        int position = tokens.expect("revoke").position();
        boolean grantOption = tokens.accept("grant", "option", "for");
        boolean adminOption = !grantOption && tokens.accept("admin", "option", "for");
        List<Privilege> privileges = privileges();
        if (tokens.at("on") && !adminOption) {
            return rights(true, grantOption, privileges, position);
        }
        tokens.expect("from");
        List<Name> grantees = roles();
        grantedBy();
        return new RoleStatement.GrantRoles(
                true,
                roleNames(privileges),
                grantees,
                false,
                adminOption,
                grammar.objects.cascade(),
                position);
    }

    /// What follows ALTER, from DEFAULT PRIVILEGES on.
    Statement defaultPrivileges(int position) {
        tokens.expect("default");
        tokens.expect("privileges");
        List<Name> roles = new ArrayList<>();
        List<Name> schemas = new ArrayList<>();
        while (tokens.atAny("for", "in")) {
            if (tokens.accept("in", "schema")) {
                schemas.addAll(grammar.names.nameList());
            } else {
                tokens.expect("for");
                tokens.expectAny("role", "user");
                roles.addAll(roles());
            }
        }
        boolean revoke = tokens.expectAny("grant", "revoke").equals("revoke");
        int at = tokens.previous().position();
        boolean optionOnly = revoke && tokens.accept("grant", "option", "for");
        List<Privilege> privileges = privileges();
        tokens.expect("on");
        ObjectKind kind = pluralKind();
        GrantRights grant = grantees(revoke, optionOnly, privileges, kind, true, List.of(), at);
        return new RoleStatement.DefaultPrivileges(roles, schemas, grant, position);
    }

    private Statement membership(Name group, int position) {
        boolean revoke = tokens.next().is("drop");
        tokens.expect("user");
        return new RoleStatement.GrantRoles(
                revoke, List.of(group), roles(), false, false, false, position);
    }

    private List<Option> roleOptions() {
        List<Option> options = new ArrayList<>();
        while (tokens.peek().isLabel()) {
            options.add(roleOption());
        }
        return options;
    }

    private Option roleOption() {
        int position = tokens.position();
        if (tokens.accept("connection", "limit")) {
            String limit = Integer.toString(tokens.signedInteger());
            return Options.text("connection limit", limit, position);
        }
        if (tokens.accept("valid", "until")) {
            return Options.text("valid until", tokens.string(), position);
        }
        if (tokens.accept("encrypted", "password")) {
            return Options.text("password", tokens.string(), position);
        }
        if (tokens.accept("password")) {
            return tokens.accept("null")
                    ? Options.word("password", position)
                    : Options.text("password", tokens.string(), position);
        }
        if (tokens.accept("in", "role") || tokens.accept("in", "group")) {
            return members("in role", position);
        }
        if (tokens.atAny("role", "user", "admin")) {
            return members(tokens.next().text(), position);
        }
        if (tokens.accept("sysid")) {
            return Options.text("sysid", Integer.toString(tokens.integer()), position);
        }
        if (tokens.accept("inherit")) {
            return Options.word("inherit", position);
        }
        Token word = tokens.expect(TokenKind.IDENTIFIER);
        return switch (word.text()) {
            case "superuser", "nosuperuser", "createrole", "nocreaterole", "createdb" ->
                    Options.word(word.text(), position);
            case "nocreatedb", "login", "nologin", "noinherit", "replication" ->
                    Options.word(word.text(), position);
            case "noreplication", "bypassrls", "nobypassrls" -> Options.word(word.text(), position);
            default ->
                    throw Tokens.refusal(
                            "unrecognized role option \"" + word.text() + "\"", position);
        };
    }

    private Option members(String name, int position) {
        List<String> names = roles().stream().map(Name::text).toList();
        return new Option(name, new Option.Value.Items(names), position);
    }

    private List<Name> roles() {
        return grammar.names.commaList(grammar.names::role);
    }

    /// Empty for ALL [PRIVILEGES]. The roles of GRANT role TO … look the same.
    private List<Privilege> privileges() {
        if (tokens.accept("all")) {
            tokens.accept("privileges");
            if (tokens.at("(")) {
                int position = tokens.position();
                return List.of(new Privilege("all", grammar.names.bracketedNames(), position));
            }
            return List.of();
        }
        return grammar.names.commaList(() -> {
            int position = tokens.position();
            boolean word = tokens.atAny("select", "references", "create");
            String name = word ? tokens.next().text() : tokens.name().text();
            if (name.equals("alter") && tokens.accept("system")) {
                name = "alter system";
            }
            return new Privilege(name, grammar.names.optionalBracketedNames(), position);
        });
    }

    private static List<Name> roleNames(List<Privilege> privileges) {
        return privileges.stream()
                .map(privilege -> new Name(privilege.name(), privilege.position()))
                .toList();
    }

    private Statement rights(
            boolean revoke, boolean optionOnly, List<Privilege> privileges, int position) {
        tokens.expect("on");
        if (tokens.accept("all")) {
            ObjectKind kind = pluralKind();
            tokens.expect("in", "schema");
            List<QualifiedName> schemas = grammar.names.qualifiedList();
            return grantees(revoke, optionOnly, privileges, kind, true, schemas, position);
        }
        ObjectKind kind = atKind() ? kinds.kind() : ObjectKind.TABLE;
        if (!kinds.isPlain(kind) || kind == ObjectKind.LANGUAGE) {
            return grammar.statements.unsupported(
                    (revoke ? "revoke on " : "grant on ") + kind.sql(), position);
        }
        List<QualifiedName> objects = grammar.names.qualifiedList();
        return grantees(revoke, optionOnly, privileges, kind, false, objects, position);
    }

    /// Whether a word for a kind stands here and not the name of a table.
    private boolean atKind() {
        Token behind = tokens.peek(1);
        boolean named = behind.isLabel() && !behind.is("to") && !behind.is("from");
        return named
                && tokens.atAny(
                        "table",
                        "sequence",
                        "database",
                        "domain",
                        "foreign",
                        "function",
                        "procedure",
                        "routine",
                        "language",
                        "large",
                        "schema",
                        "tablespace",
                        "type",
                        "parameter");
    }

    private ObjectKind pluralKind() {
        return switch (tokens.expectAny(
                "tables", "sequences", "functions", "procedures", "routines", "types", "schemas")) {
            case "tables" -> ObjectKind.TABLE;
            case "sequences" -> ObjectKind.SEQUENCE;
            case "functions" -> ObjectKind.FUNCTION;
            case "procedures" -> ObjectKind.PROCEDURE;
            case "routines" -> ObjectKind.ROUTINE;
            case "types" -> ObjectKind.TYPE;
            default -> ObjectKind.SCHEMA;
        };
    }

    private GrantRights grantees(
            boolean revoke,
            boolean optionOnly,
            List<Privilege> privileges,
            ObjectKind kind,
            boolean allInSchema,
            List<QualifiedName> objects,
            int position) {
        tokens.expect(revoke ? "from" : "to");
        List<Name> grantees =
                grammar.names.commaList(() -> {
                    tokens.accept("group");
                    return grammar.names.role();
                });
        boolean withGrantOption = !revoke && tokens.at("with", "grant");
        if (withGrantOption) {
            tokens.expect("with", "grant");
            tokens.expect("option");
        }
        grantedBy();
        boolean cascade = revoke && grammar.objects.cascade();
        return new GrantRights(
                revoke,
                privileges,
                kind,
                allInSchema,
                objects,
                grantees,
                withGrantOption,
                optionOnly,
                cascade,
                position);
    }

    private void grantedBy() {
        if (tokens.accept("granted", "by")) {
            grammar.names.role();
        }
    }
}
