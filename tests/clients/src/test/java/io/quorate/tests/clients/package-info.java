/// Java's PostgreSQL driver and a connection pool against a cluster of three nodes in this process.
/// The expected answers are PostgreSQL 15's. One cluster serves all classes; each uses tables of its
/// own.
@NullMarked
package io.quorate.tests.clients;

import org.jspecify.annotations.NullMarked;
