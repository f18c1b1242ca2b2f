package io.quorate.pgwire.message;

import io.quorate.common.bytes.ByteSlice;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a client says.
public sealed interface FrontendMessage {

    /// The first words of a connection.
    sealed interface Opening extends FrontendMessage {}

    /// Asks for TLS or GSS encryption before anything else.
    record EncryptionRequest() implements Opening {}

    record CancelRequest(int processId, ByteSlice secret) implements Opening {}

    record Startup(int major, int minor, Map<String, String> parameters) implements Opening {}

    record Query(String sql) implements FrontendMessage {}

    record Parse(String statement, String sql, int[] parameterTypes) implements FrontendMessage {}

    /// `parameterFormats` and `resultFormats` hold 0 (text) or 1 (binary): none, one for all, or one
    /// each.
    record Bind(
            String portal,
            String statement,
            int[] parameterFormats,
            List<@Nullable ByteSlice> values,
            int[] resultFormats)
            implements FrontendMessage {}

    record DescribeStatement(String statement) implements FrontendMessage {}

    record DescribePortal(String portal) implements FrontendMessage {}

    record Execute(String portal, int rowsMax) implements FrontendMessage {}

    record CloseStatement(String statement) implements FrontendMessage {}

    record ClosePortal(String portal) implements FrontendMessage {}

    record Flush() implements FrontendMessage {}

    record Sync() implements FrontendMessage {}

    record Terminate() implements FrontendMessage {}

    record CopyData(ByteSlice data) implements FrontendMessage {}

    record CopyDone() implements FrontendMessage {}

    record CopyFail(String reason) implements FrontendMessage {}

    record FunctionCall() implements FrontendMessage {}

    /// Not a message: the connection is over, by the client's will or not.
    record Gone() implements FrontendMessage {}

    /// Not a message: bytes that break the protocol. The connection ends with this error; without one
    /// it ends in silence, as PostgreSQL ends it for what cannot be one of its clients.
    record Broken(@Nullable String error) implements FrontendMessage {}

    /// Not a message: one that is well framed but wrong inside; an ordinary error.
    record Malformed(String error, String sqlState) implements FrontendMessage {}
}
