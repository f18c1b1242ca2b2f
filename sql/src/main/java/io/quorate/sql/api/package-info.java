/// What the wire sees of SQL: an engine per node, a session per connection, prepared statements and
/// portals inside it. Nothing here knows of bytes on a socket, and nothing behind it of clients.
@NullMarked
package io.quorate.sql.api;

import org.jspecify.annotations.NullMarked;
