/// Clusters of real processes on this machine: killed as `kill -9` kills, restarted, and asked by JDBC
/// what they still know. Nothing here waits for a fixed time or listens at a fixed port.
@NullMarked
package io.quorate.tests.cluster;

import org.jspecify.annotations.NullMarked;
