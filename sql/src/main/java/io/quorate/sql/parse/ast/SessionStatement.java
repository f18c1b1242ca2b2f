package io.quorate.sql.parse.ast;

import java.util.List;

/// The statements about settings and the state of the session.
public sealed interface SessionStatement extends Statement {
    /// `SET [LOCAL] name = value, …`. The special spellings come under the setting's name:
    /// SET TIME ZONE as `timezone`, SET SCHEMA as `search_path`, SET NAMES as `client_encoding`,
    /// SET ROLE as `role`, SET SESSION AUTHORIZATION as `session_authorization`.
    ///
    /// @param values empty for DEFAULT; a list as in `SET search_path = a, b`
    record Set(boolean local, String name, List<SettingValue> values, int position)
            implements SessionStatement {
        public Set {
            values = List.copyOf(values);
        }
    }

    sealed interface SettingValue extends Node {
        /// A word or a string; words are folded.
        record Text(String text, int position) implements SettingValue {}

        /// With its sign.
        record Number(String text, int position) implements SettingValue {}

        /// `SET TIME ZONE INTERVAL '…' HOUR TO MINUTE`.
        record Interval(String text, TypeName type, int position) implements SettingValue {}
    }

    /// @param name `all` for SHOW ALL
    record Show(String name, int position) implements SessionStatement {}

    /// @param name `all` for RESET ALL
    record Reset(String name, int position) implements SessionStatement {}

    record Discard(DiscardKind kind, int position) implements SessionStatement {}

    enum DiscardKind {
        ALL,
        PLANS,
        SEQUENCES,
        TEMP
    }

    record Listen(Name channel, int position) implements SessionStatement {}

    /// @param payload empty unless written
    record Notify(Name channel, String payload, int position) implements SessionStatement {}

    /// @param channel `*` for all
    record Unlisten(Name channel, int position) implements SessionStatement {}

    record Lock(
            List<TableExpression.TableReference> tables,
            LockMode mode,
            boolean nowait,
            int position)
            implements SessionStatement {
        public Lock {
            tables = List.copyOf(tables);
        }
    }

    enum LockMode {
        ACCESS_SHARE,
        ROW_SHARE,
        ROW_EXCLUSIVE,
        SHARE_UPDATE_EXCLUSIVE,
        SHARE,
        SHARE_ROW_EXCLUSIVE,
        EXCLUSIVE,
        ACCESS_EXCLUSIVE
    }
}
