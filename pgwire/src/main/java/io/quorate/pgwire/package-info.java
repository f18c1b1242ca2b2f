/// PostgreSQL's protocol over TCP: the door is [PgServer].
///
/// Netty's event loops cut bytes into messages and hand them over; each connection is one virtual
/// thread (`PgConnection`) that takes messages, talks to its SQL session in straight-line code, and
/// writes its replies to one buffer that leaves on Sync, Flush or when it grows large.
@NullMarked
package io.quorate.pgwire;

import org.jspecify.annotations.NullMarked;
