/// How nodes reach each other: by a call inside one process ([LocalHub]), or over TCP between
/// processes ([TcpNetwork], docs/rpc.md).
@NullMarked
package io.quorate.server.net;

import org.jspecify.annotations.NullMarked;
