package io.quorate.sim;

/// What a name in a directory stands for.
sealed interface SimEntry permits SimFile, SimFolder {}
