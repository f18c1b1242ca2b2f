/// The judges judged: against brute force, against planted anomalies, against histories from outside.
@NullMarked
package io.quorate.sim.check;

import org.jspecify.annotations.NullMarked;
