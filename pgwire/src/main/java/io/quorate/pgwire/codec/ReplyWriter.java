package io.quorate.pgwire.codec;

import io.quorate.common.bytes.ByteSlice;
import io.quorate.common.codec.ByteWriter;
import io.quorate.common.error.ErrorCode;
import io.quorate.common.error.QuorateException;
import io.quorate.sql.api.ResultColumn;
import io.quorate.sql.api.Session.Notice;
import io.quorate.sql.api.Session.TransactionStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Appends backend messages to a buffer. One buffer holds many replies; who owns it decides when it
/// goes out.
public final class ReplyWriter {
    private static final int NONE = -1;

    private final ByteWriter out;
    private int unfinished = NONE;

    public ReplyWriter(ByteWriter out) {
        this.out = out;
    }

    public ByteWriter buffer() {
        return out;
    }

    public void authenticationOk() {
        int start = begin('R');
        out.putInt(0);
        end(start);
    }

    public void negotiateProtocol(List<String> unknownOptions) {
        int start = begin('v');
        out.putInt(3 << 16);
        out.putInt(unknownOptions.size());
        unknownOptions.forEach(this::string);
        end(start);
    }

    public void parameterStatus(String name, String value) {
        int start = begin('S');
        string(name);
        string(value);
        end(start);
    }

    public void backendKeyData(int processId, int secret) {
        int start = begin('K');
        out.putInt(processId);
        out.putInt(secret);
        end(start);
    }

    public void readyForQuery(TransactionStatus status) {
        int start = begin('Z');
        out.putByte(
                switch (status) {
                    case IDLE -> 'I';
                    case IN_TRANSACTION -> 'T';
                    case FAILED -> 'E';
                });
        end(start);
    }

    /// A message that is nothing but its letter: '1', '2', '3', 'I', 'n', 's', 'c'.
    public void bare(char type) {
        end(begin(type));
    }

    public void commandComplete(String tag) {
        int start = begin('C');
        string(tag);
        end(start);
    }

    public void parameterDescription(int[] types) {
        int start = begin('t');
        out.putShort(types.length);
        for (int type : types) {
            out.putInt(type);
        }
        end(start);
    }

    /// `formats`: none, one for all, or one per column.
    public void rowDescription(List<ResultColumn> columns, int[] formats) {
        int start = begin('T');
        out.putShort(columns.size());
        for (int i = 0; i < columns.size(); i++) {
            ResultColumn column = columns.get(i);
            string(column.name());
            out.putInt(column.tableOid());
            out.putShort(column.columnNumber());
            out.putInt(column.typeOid());
            out.putShort(column.typeSize());
            out.putInt(column.typeModifier());
            out.putShort(formatOf(formats, i));
        }
        end(start);
    }

    public void dataRow(List<ResultColumn> columns, int[] formats, @Nullable Object[] values) {
        int start = begin('D');
        out.putShort(values.length);
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            if (value == null) {
                out.putInt(-1);
                continue;
            }
            int lengthAt = out.length();
            out.putInt(0);
            if (formatOf(formats, i) == 1) {
                columns.get(i).writeBinary(value, out);
            } else {
                columns.get(i).writeText(value, out);
            }
            out.setInt(lengthAt, out.length() - lengthAt - 4);
        }
        end(start);
    }

    /// CopyInResponse ('G') or CopyOutResponse ('H').
    public void copyResponse(char type, boolean binary, int columnCount) {
        int start = begin(type);
        out.putByte(binary ? 1 : 0);
        out.putShort(columnCount);
        for (int i = 0; i < columnCount; i++) {
            out.putShort(binary ? 1 : 0);
        }
        end(start);
    }

    public void copyData(ByteSlice data) {
        int start = begin('d');
        out.putRaw(data);
        end(start);
    }

    public void error(String severity, QuorateException error) {
        int start = begin('E');
        field('S', severity);
        field('V', severity);
        field('C', error.code().sqlState());
        field('M', error.message());
        field('D', error.detail());
        field('H', error.hint());
        field('W', error.context());
        field('P', error.position() > 0 ? Integer.toString(error.position()) : null);
        field('s', error.object().schema());
        field('t', error.object().table());
        field('c', error.object().column());
        field('d', error.object().dataType());
        field('n', error.object().constraint());
        out.putByte(0);
        end(start);
    }

    /// An error that is known by its SQLSTATE only.
    public void error(String severity, String sqlState, String message) {
        int start = begin('E');
        field('S', severity);
        field('V', severity);
        field('C', sqlState);
        field('M', message);
        out.putByte(0);
        end(start);
    }

    public void fatal(ErrorCode code, String message) {
        error("FATAL", code.sqlState(), message);
    }

    public void notice(Notice notice) {
        int start = begin('N');
        field('S', notice.severity());
        field('V', notice.severity());
        field('C', notice.sqlState());
        field('M', notice.message());
        field('D', notice.detail());
        field('H', notice.hint());
        out.putByte(0);
        end(start);
    }

    static int formatOf(int[] formats, int column) {
        return switch (formats.length) {
            case 0 -> 0;
            case 1 -> formats[0];
            default -> formats[column];
        };
    }

    private void field(char type, @Nullable String value) {
        if (value != null) {
            out.putByte(type);
            string(value);
        }
    }

    private void string(String text) {
        out.putRaw(ByteSlice.utf8(text));
        out.putByte(0);
    }

    /// A message that an error cut short is taken back: what follows it must be readable.
    private int begin(char type) {
        if (unfinished != NONE) {
            out.truncate(unfinished);
        }
        unfinished = out.length();
        out.putByte(type);
        out.putInt(0);
        return out.length();
    }

    private void end(int bodyStart) {
        out.setInt(bodyStart - 4, out.length() - bodyStart + 4);
        unfinished = NONE;
    }
}
