/// The command line: `quorate start`, `node`, `demo bank`, `slt`.
@NullMarked
package io.quorate.server.cli;

import org.jspecify.annotations.NullMarked;
