package io.quorate.sql.parse.lex;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A word that the grammar knows, with what else it may be: PostgreSQL 15's table of key words
/// (appendix C of its manual).
///
/// @param text in lower case
/// @param bareLabel whether it may name an output column without AS
public record Keyword(String text, KeywordClass kind, boolean bareLabel) {
    private static final String UNRESERVED =
            """
            abort absolute access action add admin after aggregate also alter always asensitive
            assertion assignment at atomic attach attribute backward before begin breadth by
            cache call called cascade cascaded catalog chain characteristics checkpoint class
            close cluster columns comment comments commit committed compression configuration
            conflict connection constraints content continue conversion copy cost csv cube
            current cursor cycle data database day deallocate declare defaults deferred definer
            delete delimiter delimiters depends depth detach dictionary disable discard document
            domain double drop each enable encoding encrypted enum escape event exclude
            excluding exclusive execute explain expression extension external family filter
            finalize first following force forward function functions generated global granted
            groups handler header hold hour identity if immediate immutable implicit import
            include including increment index indexes inherit inherits inline input insensitive
            insert instead invoker isolation key label language large last leakproof level
            listen load local location lock locked logged mapping match matched materialized
            maxvalue merge method minute minvalue mode month move name names new next nfc nfd
            nfkc nfkd no normalized nothing notify nowait nulls object of off oids old operator
            option options ordinality others over overriding owned owner parallel parameter
            parser partial partition passing password plans policy preceding prepare prepared
            preserve prior privileges procedural procedure procedures program publication quote
            range read reassign recheck recursive ref referencing refresh reindex relative
            release rename repeatable replace replica reset restart restrict return returns
            revoke role rollback rollup routine routines rows rule savepoint schema schemas
            scroll search second security sequence sequences serializable server session set
            sets share show simple skip snapshot sql stable standalone start statement
            statistics stdin stdout storage stored strict strip subscription support sysid
            system tables tablespace temp template temporary text ties transaction transform
            trigger truncate trusted type types uescape unbounded uncommitted unencrypted
            unknown unlisten unlogged until update vacuum valid validate validator value varying
            version view views volatile whitespace within without work wrapper write xml year
            yes zone
            """;

    private static final String COLUMN_NAMES =
            """
            between bigint bit boolean char character coalesce dec decimal exists extract float
            greatest grouping inout int integer interval least national nchar none normalize
            nullif numeric out overlay position precision real row setof smallint substring time
            timestamp treat trim values varchar xmlattributes xmlconcat xmlelement xmlexists
            xmlforest xmlnamespaces xmlparse xmlpi xmlroot xmlserialize xmltable
            """;

    private static final String TYPE_OR_FUNCTION_NAMES =
            """
            authorization binary collation concurrently cross current_schema freeze full ilike
            inner is isnull join left like natural notnull outer overlaps right similar
            tablesample verbose
            """;

    private static final String RESERVED =
            """
            all analyse analyze and any array as asc asymmetric both case cast check collate
            column constraint create current_catalog current_date current_role current_time
            current_timestamp current_user default deferrable desc distinct do else end except
            false fetch for foreign from grant group having in initially intersect into lateral
            leading limit localtime localtimestamp not null offset on only or order placing
            primary references returning select session_user some symmetric table then to
            trailing true union unique user using variadic when where window with
            """;

    private static final String NEED_AS =
            """
            array as char character create day except fetch filter for from grant group having
            hour intersect into isnull limit minute month notnull offset on order over overlaps
            precision returning second to union varying where window with within without year
            """;

    private static final Map<String, Keyword> ALL = table();
    private static final int LENGTH_MAX =
            ALL.keySet().stream().mapToInt(String::length).max().orElseThrow();

    /// The keyword of this spelling, in lower case; null if it is a plain identifier.
    static @Nullable Keyword of(String folded) {
        return folded.length() > LENGTH_MAX ? null : ALL.get(folded);
    }

    /// Every keyword, by its text.
    static Collection<Keyword> all() {
        return new TreeMap<>(ALL).values();
    }

    private static Map<String, Keyword> table() {
        Set<String> needAs = new HashSet<>(words(NEED_AS));
        Map<String, Keyword> table = new HashMap<>();
        add(table, UNRESERVED, KeywordClass.UNRESERVED, needAs);
        add(table, COLUMN_NAMES, KeywordClass.COLUMN_NAME, needAs);
        add(table, TYPE_OR_FUNCTION_NAMES, KeywordClass.TYPE_OR_FUNCTION_NAME, needAs);
        add(table, RESERVED, KeywordClass.RESERVED, needAs);
        return table;
    }

    private static void add(
            Map<String, Keyword> table, String list, KeywordClass kind, Set<String> needAs) {
        for (String word : words(list)) {
            table.put(word, new Keyword(word, kind, !needAs.contains(word)));
        }
    }

    private static Set<String> words(String list) {
        return Set.of(list.strip().split("\\s+"));
    }
}
