package io.quorate.sql.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.codec.CorruptBytes;
import io.quorate.sql.catalog.ColumnDescriptor.Identity;
import io.quorate.sql.catalog.ForeignKeyDescriptor.Action;
import io.quorate.sql.catalog.ViewDescriptor.ViewColumn;
import io.quorate.sql.type.SqlType;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What was stored is what is read, by this release and from the one before.
final class DescriptorCodecTest {
    private static TableDescriptor table(List<ForeignKeyDescriptor> foreignKeys) {
        return new TableDescriptor(
                20_000,
                "public",
                "t",
                3,
                List.of(new ColumnDescriptor(1, "a", SqlType.INT4, true, "5", Identity.NONE, null)),
                new IndexDescriptor(20_001, 1, "t_pkey", true, true, List.of(1), "t_pkey"),
                List.of(),
                List.of(new CheckDescriptor(20_002, "t_a_check", "(a > 0)")),
                foreignKeys,
                2,
                2,
                true);
    }

    @Test
    void foreignKeysAreReadAsWritten() {
        ForeignKeyDescriptor key =
                new ForeignKeyDescriptor(
                        20_003,
                        "t_a_fkey",
                        List.of(1),
                        20_000,
                        20_001,
                        List.of(1),
                        true,
                        Action.CASCADE,
                        Action.SET_DEFAULT,
                        List.of(1));
        TableDescriptor table = table(List.of(key));
        assertThat(DescriptorCodec.readTable(DescriptorCodec.write(table))).isEqualTo(table);
    }

    @Test
    void tablesOfVersionOneHaveNoForeignKeys() {
        TableDescriptor table = table(List.of());
        ByteSlice written = DescriptorCodec.write(table);
        // Version 1 ended before the list of foreign keys, which is one byte when empty.
        ByteWriter first = new ByteWriter(written.length());
        first.putByte(1);
        first.putRaw(written.slice(1, written.length() - 1));
        assertThat(DescriptorCodec.readTable(first.toSlice())).isEqualTo(table);
    }

    @Test
    void viewsAndCommentsAreReadAsWritten() {
        ViewDescriptor view =
                new ViewDescriptor(
                        20_004,
                        "public",
                        "v",
                        List.of(new ViewColumn("a", SqlType.varchar(7))),
                        "SELECT t.a FROM t",
                        List.of("public"));
        CommentTarget target = new CommentTarget(CommentTarget.RELATION, 20_004, 1);
        assertThat(DescriptorCodec.readView(DescriptorCodec.write(view))).isEqualTo(view);
        assertThat(DescriptorCodec.readComment(DescriptorCodec.write(target, "what it is")))
                .isEqualTo(new DescriptorCodec.Comment(target, "what it is"));
    }

    @Test
    void laterVersionsAreRefused() {
        ByteSlice later = ByteSlice.wrap(new byte[] {3});
        assertThatThrownBy(() -> DescriptorCodec.readTable(later)).isInstanceOf(CorruptBytes.class);
    }
}
