package io.quorate.sql.parse.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The statements about roles and rights.
public sealed interface RoleStatement extends Statement {
    /// @param kind `ROLE`, `USER` or `GROUP`; a user may log in unless it says NOLOGIN
    /// @param options by their words in lower case: `superuser`, `nologin`, `password`, `in role`
    record CreateRole(String kind, Name name, List<Option> options, int position)
            implements RoleStatement {
        public CreateRole {
            options = List.copyOf(options);
        }
    }

    record AlterRole(Name name, List<Option> options, int position) implements RoleStatement {
        public AlterRole {
            options = List.copyOf(options);
        }
    }

    /// `ALTER ROLE r [IN DATABASE d] SET x = y`, and for databases `ALTER DATABASE d SET x = y`.
    ///
    /// @param role null for ALL, or where a database alone is altered
    /// @param database null for all databases
    /// @param setting SET or RESET
    record AlterSetting(
            @Nullable Name role, @Nullable Name database, SessionStatement setting, int position)
            implements RoleStatement {}

    record RenameRole(Name from, Name to, int position) implements RoleStatement {}

    record DropRole(boolean ifExists, List<Name> names, int position) implements RoleStatement {
        public DropRole {
            names = List.copyOf(names);
        }
    }

    /// GRANT and REVOKE of rights upon objects.
    ///
    /// @param privileges empty for ALL
    /// @param allInSchema `ON ALL TABLES IN SCHEMA`; the objects are schemas then
    /// @param optionOnly `REVOKE GRANT OPTION FOR`
    record GrantRights(
            boolean revoke,
            List<Privilege> privileges,
            ObjectKind kind,
            boolean allInSchema,
            List<QualifiedName> objects,
            List<Name> grantees,
            boolean withGrantOption,
            boolean optionOnly,
            boolean cascade,
            int position)
            implements RoleStatement {
        public GrantRights {
            privileges = List.copyOf(privileges);
            objects = List.copyOf(objects);
            grantees = List.copyOf(grantees);
        }
    }

    /// GRANT and REVOKE of membership in roles.
    record GrantRoles(
            boolean revoke,
            List<Name> roles,
            List<Name> grantees,
            boolean withAdminOption,
            boolean optionOnly,
            boolean cascade,
            int position)
            implements RoleStatement {
        public GrantRoles {
            roles = List.copyOf(roles);
            grantees = List.copyOf(grantees);
        }
    }

    /// @param name in lower case: `select`, `usage`
    /// @param columns empty for the whole object
    record Privilege(String name, List<Name> columns, int position) implements Node {
        public Privilege {
            columns = List.copyOf(columns);
        }
    }

    /// `ALTER DEFAULT PRIVILEGES [FOR ROLE …] [IN SCHEMA …] grant`.
    record DefaultPrivileges(List<Name> roles, List<Name> schemas, GrantRights grant, int position)
            implements RoleStatement {
        public DefaultPrivileges {
            roles = List.copyOf(roles);
            schemas = List.copyOf(schemas);
        }
    }

    /// `REASSIGN OWNED BY … TO …`; with a null receiver `DROP OWNED BY …`.
    record Owned(List<Name> roles, @Nullable Name receiver, boolean cascade, int position)
            implements RoleStatement {
        public Owned {
            roles = List.copyOf(roles);
        }
    }
}
